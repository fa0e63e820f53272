// Figures from R are those of R 4.2.2; the call stands beside each.

#include <fstream>
#include <map>
#include <sstream>

#include "cli/support/regression_figures.hpp"
#include "support/reference_data.hpp"
#include "support/scratch_folder.hpp"
#include "support/tolerance.hpp"

using namespace mathtool::test;

TEST_CASE("regress: lm with factors and interactions as R fits them", "[cli]") {
  REQUIRE_REFERENCE_DATA(data);
  const std::string tooth = data / "tabular/ToothGrowth.csv", cars = data / "tabular/mtcars.csv",
                    breaks = data / "tabular/warpbreaks.csv";
  // summary(lm(len ~ supp*dose, ToothGrowth))
  Json fit = regress.result({"len ~ supp*dose", tooth});
  CHECK(names(fit) == std::vector<std::string>{"(Intercept)", "supp[VC]", "dose", "supp[VC]:dose"});
  check_column(fit, "estimate", {11.55, -8.255, 7.81142857142857, 3.90428571428572});
  check_column(fit, "std_error",
               {1.58139427227613, 2.23642922731204, 1.19542170548132, 1.69058158864685});
  check_entry(fit, "r_squared", 0.729554369847571);
  check_entry(fit, "adj_r_squared", 0.715066211089405);
  check_entry(fit, "residual_sd", 4.08314245354217);
  check_entry(fit, "f_statistic", 50.3552164236452);
  check_entry(fit, "aic", 344.957079834386);
  check_entry(fit, "bic", 355.428802645497);
  check_entry(fit, "rss", 933.63492857143);

  // lm(len ~ supp*factor(dose), ToothGrowth)
  fit = regress.result({"len ~ supp*C(dose)", tooth});
  CHECK(names(fit)[5] == "supp[VC]:C(dose)[2]");
  check_column(fit, "estimate", {13.23, -5.25, 9.47, 12.83, -0.68, 5.33});
  check_column(fit, "std_error",
               {1.14835308804166, 1.62401651150154, 1.62401651150154, 1.62401651150154,
                2.29670617608332, 2.29670617608332});

  // lm(log(mpg) ~ poly(wt, 3, raw = TRUE) + factor(cyl)*hp, mtcars)
  fit = regress.result({"log(mpg) ~ poly(wt, 3) + C(cyl)*hp", cars});
  check_column(fit, "estimate",
               {4.76248311017224, -1.01272968827572, 0.263282373596122, -0.0249165913782318,
                -0.334907191966135, -0.439101668769828, -0.00340118346878078, 0.00260476549478179,
                0.00263472294096575});
  check_column(fit, "std_error",
               {0.728090520763835, 0.742051929764605, 0.234900955510013, 0.0225902210092445,
                0.290538510651586, 0.220657957833543, 0.00170431135000743, 0.00256892792806619,
                0.00181213002876425});
  check_entry(fit, "f_statistic", 24.8625740729459);
  check_entry(fit, "aic", -40.2704915027266);

  // lm(len ~ supp:dose, ToothGrowth); lm(len ~ supp + dose - 1, ToothGrowth)
  check_column(regress.result({"len ~ supp:dose", tooth}), "estimate",
               {7.4225, 10.5630952380952, 8.96404761904762});
  fit = regress.result({"len ~ supp + dose - 1", tooth});
  CHECK(names(fit) == std::vector<std::string>{"supp[OJ]", "supp[VC]", "dose"});
  check_column(fit, "estimate", {9.2725, 5.5725, 9.76357142857142});
  check_entry(fit, "r_squared", 0.95858206241259);
  check_entry(fit, "adj_r_squared", 0.956402170960621);
  check_entry(fit, "f_statistic", 439.738438144143);

  // lm(breaks ~ wool:tension - 1, warpbreaks)
  fit = regress.result({"breaks ~ wool:tension - 1", breaks});
  CHECK(names(fit)[1] == "wool[B]:tension[H]");
  check_column(fit, "estimate",
               {24.5555555555556, 18.7777777777778, 44.5555555555556, 28.2222222222222, 24,
                28.7777777777778});
  check_column(fit, "std_error", Figures(6, 3.64676134573641));
}

TEST_CASE("regress: every regression of expected_R.json", "[cli]") {
  REQUIRE_REFERENCE_DATA(data);
  std::ifstream file(data / "tabular/expected_R.json");
  const Json expected = Json::parse(file);
  const std::map<std::string, std::pair<std::string, std::string>> cases = {
      {"mtcars_mpg_wt", {"mpg ~ wt", "mtcars.csv"}},
      {"mtcars_mpg_wt_hp", {"mpg ~ wt + hp", "mtcars.csv"}},
      {"mtcars_full", {"mpg ~ . - rownames", "mtcars.csv"}},
      {"longley", {"Employed ~ . - rownames", "longley.csv"}},
      {"anscombe1", {"y1 ~ x1", "anscombe.csv"}},
      {"anscombe4", {"y4 ~ x4", "anscombe.csv"}},
      {"diabetes_raw", {"Y ~ .", "diabetes.tab.txt"}},
      {"swiss", {"Fertility ~ . - rownames", "swiss.csv"}},
      {"airquality_complete_cases", {"Ozone ~ Solar.R + Wind + Temp", "airquality.csv"}}};
  for (const auto& [name, request] : cases) {
    INFO(name);
    const Json fit = regress.result({request.first, data / "tabular" / request.second});
    const Json& r = expected.at(name);
    CHECK(names(fit) == r["terms"].get<std::vector<std::string>>());
    check_column(fit, "estimate", r["estimate"].get<Figures>());
    check_column(fit, "std_error", r["se"].get<Figures>());
    check_column(fit, "statistic", r["t"].get<Figures>());
    check_column(fit, "p_value", r["p"].get<Figures>(), 2e-9);
    check_entry(fit, "residual_sd", r["sigma"][0]);
    check_entry(fit, "r_squared", r["r2"][0]);
    check_entry(fit, "adj_r_squared", r["adj_r2"][0]);
    check_entry(fit, "f_statistic", r["f"][0]);
    check_entry(fit, "f_p_value", r["f_p"][0], 2e-9);
    check_entry(fit, "rss", r["rss"][0]);
    check_entry(fit, "aic", r["aic_R"][0]);
  }
}

TEST_CASE("regress: glm with factors and interactions as R fits them", "[cli]") {
  REQUIRE_REFERENCE_DATA(data);
  const std::string cars = data / "tabular/mtcars.csv", breaks = data / "tabular/warpbreaks.csv";
  // glm(breaks ~ wool*tension, poisson, warpbreaks, control = glm.control(epsilon = 1e-16))
  Json fit = regress.result({"breaks ~ wool*tension", breaks, "--family", "poisson"});
  check_column(fit, "estimate",
               {3.20093812418153, -0.268263986594679, 0.595798725788817, -0.0228842938335879,
                -0.188363173693353, 0.449813640610052});
  check_column(fit, "std_error",
               {0.0672672793996312, 0.102186332946934, 0.083777398287742, 0.0956792375986436,
                0.129895419862258, 0.137596076004278});
  check_entry(fit, "deviance", 182.305131285847);
  check_entry(fit, "null_deviance", 297.372211804605);
  check_entry(fit, "aic", 468.969208941351);
  check_entry(fit, "bic", 480.903113220736);
  // glm(am ~ wt + hp, binomial, mtcars, control = glm.control(epsilon = 1e-16))
  fit = regress.result({"am ~ wt + hp", cars, "--family", "binomial"});
  check_column(fit, "estimate", {18.8662987172041, -8.08347518244465, 0.0362555960822166});
  check_column(fit, "std_error", {7.44355842798172, 3.06867527539059, 0.017734154331947});
  check_entry(fit, "deviance", 10.059110472267);
  check_entry(fit, "aic", 16.059110472267);
  check_entry(fit, "bic", 20.4563181806662);
  CHECK(fit["df_residual"] == 29);
  // glm(vs ~ wt + disp, binomial, mtcars, control = glm.control(epsilon = 1e-16))
  fit = regress.result({"vs ~ wt + disp", cars, "--family", "binomial"});
  check_column(fit, "estimate", {1.60859260010274, 1.62635324814943, -0.0344337267448669});
  check_column(fit, "std_error", {2.43903049763066, 1.49068416243312, 0.0153649616331831});
}

// summary(lm(mpg ~ wt + hp, mtcars)) and its sandwiches, written out in R's matrices.
TEST_CASE("regress: robust standard errors and variance inflation as R has them", "[cli]") {
  REQUIRE_REFERENCE_DATA(data);
  const std::string cars = data / "tabular/mtcars.csv";
  const std::map<std::string, Figures> kinds = {
      {"HC0", {1.93891395641754, 0.619927505289889, 0.0066460579081831}},
      {"HC1", {2.03673500191295, 0.651203754809937, 0.00698136125202138}},
      {"HC2", {2.07760994351461, 0.687765481735836, 0.00782502939751507}},
      {"HC3", {2.22980540343622, 0.768519050357813, 0.00938513790864755}}};
  for (const auto& [kind, expected] : kinds)
    check_column(regress.result({"mpg ~ wt + hp", cars, "--robust", kind}), "std_error", expected);
  // 1/(1 - summary(lm(wt ~ hp, mtcars))$r.squared)
  const Json plain = regress.result({"mpg ~ wt + hp", cars, "--vif"});
  CHECK_NEAR(plain["vif"][0]["vif"].get<double>(), 1.76662457926828, 1e-9);
  CHECK_NEAR(plain["vif"][1]["vif"].get<double>(), 1.76662457926828, 1e-9);
  // det(R[i,i]) * det(R[-i,-i]) / det(R) of cov2cor(vcov(lm(Sepal.Length ~ ...))[-1,-1])
  const Json general =
      regress.result({"Sepal.Length ~ Petal.Length + Petal.Width + Species", iris, "--vif"});
  const Figures expected = {22.2875003588171, 18.3736173946057, 22.8431724193032};
  for (std::size_t t = 0; t < 3; ++t)
    CHECK_NEAR(general["vif"][t]["vif"].get<double>(), expected[t], relative(1e-9, expected[t]));
  CHECK(general["vif"][2]["df"] == 2);
}

TEST_CASE("regress: --weights are frequencies", "[cli]") {
  REQUIRE_REFERENCE_DATA(data);
  // summary(lm(mpg ~ wt, mtcars[rep(1:32, mtcars$carb), ]))
  const Json fit = regress.result({"mpg ~ wt", data / "tabular/mtcars.csv", "--weights", "carb"});
  CHECK(fit["observations"] == 90);
  check_column(fit, "estimate", {34.1543878792111, -4.61187016228235});
  check_column(fit, "std_error", {1.09921246105065, 0.307267591694397});
  check_entry(fit, "aic", 441.977193999123);
  check_entry(fit, "bic", 449.476623010113);
}

TEST_CASE("regress: --diagnostics as R's fitted, resid, hatvalues and cooks.distance", "[cli]") {
  REQUIRE_REFERENCE_DATA(data);
  const ScratchFolder folder;
  const std::string cars = data / "tabular/mtcars.csv";
  const auto rows = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--diagnostics", folder / "d.csv", "-q", "-o", folder / "r.txt"});
    REQUIRE(regress(words).status == 0);
    return lines(folder.content("d.csv"));
  };
  const auto check_rows = [](const std::vector<std::string>& table,
                             const std::vector<Figures>& expected) {
    REQUIRE(table.size() == 33);
    CHECK(table[0] == "rownames,fitted,residual,leverage,cook");
    for (std::size_t i = 0; i < expected.size(); ++i) {
      std::istringstream cells(table[i + 1]);
      std::string cell;
      std::getline(cells, cell, ',');
      for (const double figure : expected[i]) {
        std::getline(cells, cell, ',');
        CHECK_NEAR(std::stod(cell), figure, relative(1e-9, figure));
      }
    }
  };
  // m <- lm(mpg ~ wt + hp, mtcars)
  check_rows(rows({"mpg ~ wt + hp", cars}),
             {{23.5723294033093, -2.57232940330928, 0.044276914820486, 0.0158965233040895},
              {22.583482563996, -1.58348256399602, 0.0404866865551044, 0.00546477876084895},
              {25.2758187247274, -2.47581872472737, 0.0602009724178126, 0.0207065143642727}});
  // m <- glm(am ~ wt, binomial, mtcars, control = glm.control(epsilon = 1e-16))
  check_rows(rows({"am ~ wt", cars, "--family", "binomial"}),
             {{0.817211535735909, 0.635385394805574, 0.125784202479297, 0.0184065798889586},
              {0.615728334799945, 0.984834430408949, 0.108171242025941, 0.042439288899224},
              {0.937306902753381, 0.359845835737416, 0.0962799429275355, 0.00394253808143962}});
}

TEST_CASE("regress: a saved model predicts with intervals as R does", "[cli]") {
  REQUIRE_REFERENCE_DATA(data);
  const ScratchFolder folder;
  const std::string cars = data / "tabular/mtcars.csv", model = folder / "m.json",
                    fresh = "hp,who,wt\n100,a,2.5\n200,b,4\n,c,3\n";
  const auto predicted = [&](const std::vector<std::string>& fit,
                             std::vector<std::string> options) {
    std::vector<std::string> words = fit;
    words.insert(words.end(), {cars, "--save", model, "-q"});
    REQUIRE(regress(words).status == 0);
    std::vector<std::string> apply{"apply", model, "-", "--json"};
    apply.insert(apply.end(), options.begin(), options.end());
    return json_of(run_mathtool(apply, {.input = fresh}))["result"];
  };
  // predict(lm(mpg ~ wt + hp, mtcars), data.frame(wt = c(2.5, 4), hp = c(100, 200)),
  //         interval = "confidence") and "prediction"
  const Json linear = predicted({"mpg ~ wt + hp"}, {"--interval", "0.95"});
  CHECK(linear["columns"] ==
        Json({"who", "fitted", "ci_low", "ci_high", "prediction_low", "prediction_high"}));
  const std::vector<Figures> expected = {{24.35539856221940, 23.15968343236200, 25.55111369207679,
                                          18.918170255171656, 29.79262686926713},
                                         {15.36135775039627, 14.11209659042406, 16.61061891036848,
                                          9.912103632904001, 20.81061186788854}};
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t j = 0; j < 5; ++j)
      CHECK_NEAR(linear["rows"][i][j + 1].get<double>(), expected[i][j], 1e-10);
  CHECK(linear["rows"][2] == Json({"c", nullptr, nullptr, nullptr, nullptr, nullptr}));
  // p <- predict(glm(am ~ wt, binomial, mtcars), ..., se.fit = TRUE);
  // plogis(p$fit), plogis(p$fit -+ qnorm(.975) * p$se.fit)
  const Json logistic = predicted({"am ~ wt", "--family", "binomial"}, {"--interval", "0.95"});
  CHECK(logistic["columns"] == Json({"who", "fitted", "ci_low", "ci_high"}));
  const std::vector<Figures> shares = {
      {0.878728572533958, 0.477485476491439, 0.982892935349742},
      {0.0170315399146645, 0.00111086491925973, 0.212567952910716}};
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      CHECK_NEAR(logistic["rows"][i][j + 1].get<double>(), shares[i][j], 1e-9);
}

TEST_CASE("regress: the response may be read by a term as well", "[cli]") {
  // R: coef(lm(y ~ q + I(y * x)))
  const Json fit =
      regress.result({"y ~ y:x + q"}, "q,x,y\n3,1,1\n1,2,4\n4,3,2\n1,4,7\n5,5,3\n9,6,8\n");
  check_column(fit, "estimate", {2.339411889814021, -0.403540004253677, 0.190990082631608}, 1e-12);
}
