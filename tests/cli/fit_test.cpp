#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/support/curve_runs.hpp"
#include "support/scratch_folder.hpp"
#include "support/tolerance.hpp"

using namespace mathtool::test;
using namespace mathtool::test::curves;
using Json = nlohmann::json;

// R 4.2: m <- nls(demand ~ A*(1-exp(-k*Time)), BOD, start=list(A=20,k=.5),
// control=nls.control(tol=1e-7)); coef(summary(m)); deviance(m); sigma(m). R stops there at 1e-7 of
// the standard errors.
TEST_CASE("fit: parameters, errors and p-values are those of R's nls", "[cli]") {
  const Json result = fitted({saturation, "-", "--start", "A=20,k=0.5"});
  CHECK(result["parameters"][0]["name"] == "A");
  CHECK(result["parameters"][1]["name"] == "k");
  CHECK_NEAR(entry(result, 0, "estimate"), 19.14257544786551, 1e-6);
  CHECK_NEAR(entry(result, 0, "std_error"), 2.495917352028871, 1e-6);
  CHECK_NEAR(entry(result, 0, "statistic"), 7.66955501643713, 1e-5);
  CHECK_NEAR(entry(result, 0, "p_value"), 0.00155376463286645, 1e-8);
  CHECK_NEAR(entry(result, 1, "estimate"), 0.53109136077631, 1e-7);
  CHECK_NEAR(entry(result, 1, "std_error"), 0.203082094013606, 1e-7);
  CHECK_NEAR(entry(result, 1, "p_value"), 0.05905906336199135, 1e-4);
  // 2.776445 = qt(0.975, 4)
  CHECK_NEAR(entry(result, 0, "ci_low"), 19.14257544786551 - 2.7764451 * 2.495917352028871, 1e-5);
  CHECK_NEAR(result["rss"].get<double>(), 25.9902672819414, 1e-10);
  CHECK_NEAR(result["residual_sd"].get<double>(), 2.54903252636865, 1e-11);
  CHECK(result["df_residual"] == 4);
  CHECK(result["iterations"].get<int>() > 0);
}

// nls(rate ~ Vm*conc/(K+conc), subset(Puromycin, state=="treated"), start=list(Vm=200,K=0.05),
// control=nls.control(tol=1e-8))
TEST_CASE("fit: Michaelis and Menten's curve through R's Puromycin", "[cli]") {
  const std::string table =
      "conc,rate\n0.02,76\n0.02,47\n0.06,97\n0.06,107\n0.11,123\n0.11,139\n0.22,159\n0.22,152\n"
      "0.56,191\n0.56,201\n1.1,207\n1.1,200\n";
  const Json result =
      fitted({"rate ~ Vm*conc/(K+conc)", "-", "--start", "Vm=200", "--start", "K=0.05"}, table);
  CHECK_NEAR(entry(result, 0, "estimate"), 212.6837431733625, 1e-5);
  CHECK_NEAR(entry(result, 0, "std_error"), 6.94715533111388694, 1e-6);
  CHECK_NEAR(entry(result, 1, "estimate"), 0.0641212817617017, 1e-8);
  CHECK_NEAR(entry(result, 1, "std_error"), 0.00828094978979004, 1e-8);
  CHECK_NEAR(result["covariance"][0][1].get<double>(), 4.40145350042945e-02, 1e-7);
  CHECK_NEAR(result["rss"].get<double>(), 1195.44881443936, 1e-8);
}

// nls(density ~ Asym/(1+exp((xmid-log(conc))/scal)), subset(DNase, Run==1),
// start=list(Asym=3,xmid=0,scal=1), control=nls.control(tol=1e-7))
TEST_CASE("fit: a logistic curve through R's DNase", "[cli]") {
  const std::string table =
      "conc,density\n0.04882812,0.017\n0.04882812,0.018\n0.1953125,0.121\n0.1953125,0.124\n"
      "0.390625,0.206\n0.390625,0.215\n0.78125,0.377\n0.78125,0.374\n1.5625,0.614\n1.5625,0.609\n"
      "3.125,1.019\n3.125,1.001\n6.25,1.334\n6.25,1.364\n12.5,1.73\n12.5,1.71\n";
  const Json result = fitted(
      {"density ~ Asym/(1+exp((xmid-log(conc))/scal))", "-", "--start", "Asym=3,xmid=0,scal=1"},
      table);
  const std::vector<double> estimates = {2.34517927684432, 1.48308929746655, 1.04145468597058},
                            errors = {0.0781538429499861, 0.0813531275850909, 0.0322707869471505};
  for (std::size_t j = 0; j < 3; ++j) {
    CHECK_NEAR(entry(result, j, "estimate"), estimates[j], 1e-7);
    CHECK_NEAR(entry(result, j, "std_error"), errors[j], 1e-7);
  }
  CHECK_NEAR(result["rss"].get<double>(), 0.00478956896994861, 1e-14);
}

// nls(..., BOD[rep(1:6, c(1,2,1,3,1,2)),], ...)
TEST_CASE("fit: weights are frequencies", "[cli]") {
  const std::string table =
      "Time,demand,w\n1,8.3,1\n2,10.3,2\n3,19,1\n4,16,3\n5,15.6,1\n7,19.8,2\n";
  const Json result = fitted({saturation, "-", "--start", "A=20,k=0.5", "--weights", "w"}, table);
  CHECK_NEAR(entry(result, 0, "estimate"), 19.991906910390313, 1e-6);
  CHECK_NEAR(entry(result, 0, "std_error"), 1.8192694142999, 1e-6);
  CHECK(result["observations"] == 10);
  CHECK(result["df_residual"] == 8);
}

// scipy.optimize.least_squares(..., loss="soft_l1", f_scale=1.5) of SciPy 1.10, the third demand 40
TEST_CASE("fit: robust losses", "[cli]") {
  const std::string table = "Time,demand\n1,8.3\n2,10.3\n3,40\n4,16\n5,15.6\n7,19.8\n";
  const Json result =
      fitted({saturation, "-", "--start", "A=20,k=0.5", "--loss", "soft_l1", "--loss-scale", "1.5"},
             table);
  CHECK_NEAR(entry(result, 0, "estimate"), 19.372598280755806, 1e-5);
  CHECK_NEAR(result["cost"].get<double>(), 78.64268644185402, 1e-8);
  CHECK(result["loss"] == "soft_l1");
  CHECK_THAT(refusal({saturation, "-", "--start", "A=20,k=0.5", "--loss-scale", "2"}, 2),
             ContainsSubstring("--loss"));
}

// The root of the slope by mpmath; nls(..., algorithm="port", upper=c(18, Inf)) of R finds it to 6
// digits.
TEST_CASE("fit: a parameter at its bound is said", "[cli]") {
  const Outcome outcome =
      fit({saturation, "-", "--start", "A=15,k=0.5", "--bounds", "A=0:18,k=0:", "--json"});
  const Json report = json_of(outcome), result = report["result"];
  CHECK(entry(result, 0, "estimate") == 18);
  CHECK(result["parameters"][0]["std_error"].is_null());
  CHECK_NEAR(entry(result, 1, "estimate"), 0.61935957255566261, 1e-12);
  CHECK(result["at_bound"] == Json::array({"A"}));
  CHECK_THAT(report["notes"].dump(), ContainsSubstring("A is at its bound"));
}

TEST_CASE("fit: constants are constants unless they have a start", "[cli]") {
  CHECK_NEAR(entry(fitted({"y ~ a*pi", "-", "--start", "a=1"}, "y\n3\n4\n"), 0, "estimate"),
             3.5 / 3.14159265358979, 1e-14);
  const Json result = fitted({"y ~ e*x", "-", "--start", "e=1"}, "x,y\n1,2\n2,4\n3,6.3\n");
  CHECK(result["parameters"][0]["name"] == "e");
  CHECK_NEAR(entry(result, 0, "estimate"), (2 + 8 + 18.9) / 14, 1e-14);
}

TEST_CASE("fit: responses may be expressions, begin with a minus, or stand in backticks", "[cli]") {
  const Json logs = fitted({"log(y) ~ a + b*x", "-", "--start", "a=0,b=0"},
                           "x,y\n0,1\n1,2.718281828459045\n2,7.38905609893065\n3,30\n");
  CHECK(logs["parameters"].size() == 2);
  const Json minus = fitted({"-y ~ a*x", "-", "--start", "a=1"}, "x,y\n1,2\n2,4\n3,6\n");
  CHECK_NEAR(entry(minus, 0, "estimate"), -2, 1e-14);
  const Json quoted = fitted({"`my y` ~ `slope a`*`my x`", "-", "--start", "`slope a`=1"},
                             "my x,my y\n1,2\n2,4\n3,6\n");
  CHECK(quoted["parameters"][0]["name"] == "slope a");
  CHECK_NEAR(entry(quoted, 0, "estimate"), 2, 1e-14);
}

TEST_CASE("fit: one fit for each group", "[cli]") {
  const std::string table = "g,x,y\na,1,2\nb,1,3\na,2,4\nb,2,6\na,3,6.1\nb,3,9.2\nc,1,1\nc,2,2.2\n";
  const Json result = fitted({"y ~ s*x", "-", "--start", "s=1", "-g", "g"}, table);
  REQUIRE(result["groups"].size() == 3);
  CHECK(result["groups"][0]["group"]["g"] == "a");
  CHECK_NEAR(entry(result["groups"][0], 0, "estimate"), (2 + 8 + 18.3) / 14, 1e-14);
  CHECK_NEAR(entry(result["groups"][1], 0, "estimate"), (3 + 12 + 27.6) / 14, 1e-14);
  CHECK(fit({"y ~ s*x", "-", "--start", "s=1", "-g", "g", "--save", "m.json"}, table).status == 2);
}

// predict(m) of R and the delta method by hand in R: g <- cbind(1-exp(-k*t), A*t*exp(-k*t));
// se <- sqrt(diag(g %*% vcov(m) %*% t(g))), f -+ qt(.975, 4) * se and * sqrt(se^2 + sigma(m)^2)
TEST_CASE("fit: a saved fit predicts with intervals", "[cli]") {
  const ScratchFolder folder;
  const std::string model = folder / "m.json";
  REQUIRE(fit({saturation, "-", "--start", "A=20,k=0.5", "--save", model}).status == 0);
  const Json saved = Json::parse(folder.content("m.json"));
  CHECK(saved["format"] == "mathtool-fit");
  CHECK(saved["format_version"] == "1.0");
  const Outcome outcome = run_mathtool({"apply", model, "-", "--interval", "0.95", "--json"},
                                       {.input = "name,Time\np,0.5\nq,3\nr,10\ns,\n"});
  const Json result = json_of(outcome)["result"];
  CHECK(result["columns"] ==
        Json::array({"name", "fitted", "ci_low", "ci_high", "prediction_low", "prediction_high"}));
  const double expected[3][5] = {
      {4.46428950492492, 1.57820005787067, 7.35037895197918, -3.17880960587782, 12.1073886157277},
      {15.25167404826833, 11.81330609558414, 18.69004200095251, 7.38339431892460, 23.1199537776121},
      {19.04806063174103, 12.60096200748228, 25.49515925599978, 9.47452772105049,
       28.6215935424316}};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 5; ++j)
      CHECK_NEAR(result["rows"][i][j + 1].get<double>(), expected[i][j], 1e-5);
  CHECK(result["rows"][3][1].is_null());
  CHECK(run_mathtool({"apply", model, "-", "--csv"}, {.input = "Time\n0\n"}).out == "fitted\n0\n");
  CHECK(run_mathtool({"apply", model, "-"}, {.input = "time\n0\n"}).status == 2);
  folder.write("bad.json", R"({"format": "mathtool-fit", "format_version": "2.0"})");
  CHECK(run_mathtool({"apply", folder / "bad.json", "-"}, {.input = "Time\n0\n"}).status == 1);
  folder.write("poor.json", R"({"format": "mathtool-fit", "format_version": "1.0"})");
  CHECK(run_mathtool({"apply", folder / "poor.json", "-"}, {.input = "Time\n0\n"}).status == 1);
}

TEST_CASE("fit: diagnostics have a row for each row of the table", "[cli]") {
  const ScratchFolder folder;
  const std::string data =
      folder.write("t.csv", "Time,demand\n1,8.3\n2,10.3\n3,19\n,1\n4,16\n5,15.6\n7,19.8\n");
  const std::string path = folder / "d.csv";
  REQUIRE(fit({saturation, data, "--start", "A=20,k=0.5", "--diagnostics", path}).status == 0);
  const std::vector<std::string> rows = lines(folder.content("d.csv"));
  REQUIRE(rows.size() == 8);
  CHECK(rows[0] == "fitted,residual,leverage,cook");
  CHECK(rows[4] == ",,,");
  double leverage = 0, squares = 0;
  for (const std::size_t i : {1, 2, 3, 5, 6, 7}) {
    std::istringstream cells(rows[i]);
    std::string fitted, residual, h;
    std::getline(cells, fitted, ',');
    std::getline(cells, residual, ',');
    std::getline(cells, h, ',');
    leverage += std::stod(h);
    squares += std::stod(residual) * std::stod(residual);
  }
  CHECK_NEAR(leverage, 2, 1e-10);  // the trace of the projection: the number of parameters
  CHECK_NEAR(squares, 25.9902672819414, 1e-9);
}

TEST_CASE("fit: levels and tables", "[cli]") {
  const Json narrow = fitted({saturation, "-", "--start", "A=20,k=0.5", "--level", "0.5"});
  // 0.740697 = qt(0.75, 4)
  CHECK_NEAR(entry(narrow, 0, "ci_high"), 19.14257544786551 + 0.74069708 * 2.495917352028871, 1e-5);
  CHECK(fit({saturation, "-", "--start", "A=20,k=0.5", "--level", "95"}).status == 2);
  const Outcome csv = fit({saturation, "-", "--start", "A=20,k=0.5", "--csv"});
  CHECK(lines(csv.out)[0] == "name,estimate,std_error,statistic,p_value,ci_low,ci_high");
  CHECK(lines(csv.out).size() == 3);
  const Outcome table = fit({saturation, "-", "--start", "A=20,k=0.5"});
  CHECK_THAT(table.out, ContainsSubstring("residual sd 2.549 on 4 degrees of freedom"));
  CHECK(fit({saturation, "-", "--start", "A=20,k=0.5", "-c", "Time"}).status == 2);
}

TEST_CASE("fit: any number of threads gives the same bytes", "[cli]") {
  std::string table = "x,y\n";
  for (int i = 0; i < 20'000; ++i) {
    const double x = 1e-3 * i;
    table += std::to_string(x) + "," +
             std::to_string(3 * std::exp(-0.7 * x) + 0.1 * std::sin(12.9898 * i)) + "\n";
  }
  const std::vector<std::string> words = {"y ~ a*exp(-b*x) + c", "-", "--start", "a=1,b=1,c=0",
                                          "--json"};
  std::vector<std::string> one = words, two = words;
  one.emplace_back("-j1");
  two.emplace_back("-j2");
  const Outcome first = fit(one, table);
  CHECK(first.status == 0);
  CHECK(first.out == fit(two, table).out);
}
