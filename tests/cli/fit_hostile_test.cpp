#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "cli/support/curve_runs.hpp"
#include "support/scratch_folder.hpp"
#include "support/tolerance.hpp"

// Formulas, starts and tables that a fit has to refuse or to speak of.

using namespace mathtool::test;
using namespace mathtool::test::curves;
using Json = nlohmann::json;

TEST_CASE("fit: what is no column is a parameter, and one without a start is listed", "[cli]") {
  const std::string message = refusal({saturation, "-"}, 2);
  CHECK_THAT(message, ContainsSubstring("A, k"));
  CHECK_THAT(message, ContainsSubstring("--start A=1,k=1"));
  CHECK_THAT(refusal({saturation, "-", "--start", "A=1"}, 2), ContainsSubstring("parameter k"));
  CHECK_THAT(refusal({saturation, "-", "--start", "A=1,k=1,j=2"}, 2),
             ContainsSubstring("'j', which is no parameter"));
  CHECK_THAT(refusal({saturation, "-", "--start", "A=1,k=1,Time=2"}, 2),
             ContainsSubstring("column"));
  CHECK_THAT(refusal({saturation, "-", "--start", "A=1,A=2,k=1"}, 2), ContainsSubstring("twice"));
  CHECK_THAT(refusal({saturation, "-", "--start", "A=1,k=inf"}, 2), ContainsSubstring("finite"));
  CHECK_THAT(refusal({saturation, "-", "--start", "A"}, 2), ContainsSubstring("NAME=NUMBER"));
  CHECK_THAT(refusal({saturation, "-", "--start", "A=1,k=1", "--bounds", "k=2:1"}, 2),
             ContainsSubstring("nothing lies between"));
  CHECK_THAT(refusal({saturation, "-", "--start", "A=1,k=1", "--bounds", "B=0:1"}, 2),
             ContainsSubstring("no parameter"));
  CHECK_THAT(refusal({"demand ~ 2*Time", "-"}, 2), ContainsSubstring("no parameter"));
  CHECK_THAT(refusal({"dmand ~ A*Time", "-", "--start", "A=1"}, 2),
             ContainsSubstring("did you mean 'demand'"));
  CHECK_THAT(refusal({"demand = A*Time", "-", "--start", "A=1"}, 2), ContainsSubstring("~"));
  CHECK_THAT(refusal({"demand ~ A*Time ~ 2", "-", "--start", "A=1"}, 2),
             ContainsSubstring("second '~'"));
  CHECK_THAT(refusal({"demand ~ A*(Time", "-", "--start", "A=1"}, 2), ContainsSubstring("formula"));
  CHECK_THAT(refusal({"demand ~ A*epx(Time)", "-", "--start", "A=1"}, 2),
             ContainsSubstring("did you mean 'exp'"));
}

TEST_CASE("fit: rows without a value are left out and counted", "[cli]") {
  const std::string table = "Time,demand\n1,8.3\n2,10.3\n,3\n3,19\n4,16\n6,NA\n5,15.6\n7,19.8\n";
  const Outcome outcome = fit({saturation, "-", "--start", "A=20,k=0.5", "--json"}, table);
  const Json report = json_of(outcome);
  CHECK(report["input"]["used"] == 6);
  CHECK(report["input"]["dropped"]["Time"] == 1);
  CHECK_NEAR(entry(report["result"], 0, "estimate"), 19.14257544786551, 1e-6);
  CHECK(fit({saturation, "-", "--start", "A=20,k=0.5", "--missing", "error"}, table).status == 1);
  CHECK(fit({saturation, "-", "--start", "A=20,k=0.5", "--missing", "mean"}, table).status == 2);
  const Json where =
      fitted({saturation, "-", "--start", "A=20,k=0.5", "--where", "Time < 6"}, table);
  CHECK(where["observations"] == 5);
  // A response that has no value: log of a negative number.
  const Outcome undefined =
      fit({"log(y) ~ a + b*x", "-", "--start", "a=0,b=0", "--json"}, "x,y\n0,1\n1,2\n2,-1\n3,9\n");
  CHECK_THAT(json_of(undefined)["notes"].dump(), ContainsSubstring("1 row left out"));
}

TEST_CASE("fit: data that cannot support it are status 3", "[cli]") {
  CHECK_THAT(refusal({saturation, "-", "--start", "A=1,k=1"}, 3, "Time,demand\n1,2\n"),
             ContainsSubstring("1 row cannot determine 2 parameters"));
  CHECK(fit({saturation, "-", "--start", "A=1,k=1"}, "Time,demand\n").status == 3);
  CHECK(fit({saturation, "-", "--start", "A=1,k=1"}, "").status == 3);
  CHECK(fit({saturation, "-", "--start", "A=1,k=1"}, "Time,demand\nNA,2\n3,NA\n").status == 3);
  CHECK_THAT(refusal({saturation, "-", "--start", "A=1,k=1"}, 3, "Time,demand\n1,2\n2,inf\n3,4\n"),
             ContainsSubstring("infinite"));
  CHECK_THAT(refusal({"y ~ a*x", "-", "--start", "a=1"}, 3, "x,y\n1,2e-200\n2,3e-200\n"),
             ContainsSubstring("change its unit"));
  CHECK_THAT(refusal({"y ~ a*x", "-", "--start", "a=1"}, 1, "x,y\nred,2\nblue,3\ngreen,4\n"),
             ContainsSubstring("text"));
}

TEST_CASE("fit: a start where the model has no value is status 4 with advice", "[cli]") {
  const Outcome outcome =
      fit({"y ~ log(a*x)", "-", "--start", "a=-1", "--json"}, "x,y\n1,2\n2,3\n3,4\n");
  CHECK(outcome.status == 4);
  const Json report = Json::parse(outcome.out);
  CHECK(report["status"] == "not_finite");
  CHECK_THAT(report["reason"].dump(), ContainsSubstring("x = 1"));
  CHECK_THAT(report["reason"].dump(), ContainsSubstring("--start"));
}

TEST_CASE("fit: parameters that nothing tells apart are status 4 and named", "[cli]") {
  const Outcome outcome = fit({"y ~ a*b*x + c - c", "-", "--start", "a=1,b=1,c=1", "--json"},
                              "x,y\n1,2\n2,4.1\n3,6\n4,8\n");
  CHECK(outcome.status == 4);
  const Json report = Json::parse(outcome.out);
  CHECK(report["status"] == "suspicious");
  CHECK_THAT(report["reason"].dump(), ContainsSubstring("depends on c"));
  CHECK_THAT(report["reason"].dump(), ContainsSubstring("a and b apart"));
  CHECK(report["result"]["undetermined"] == Json::array({"a", "b", "c"}));
  CHECK(report["result"]["parameters"][0]["std_error"].is_null());
}

TEST_CASE("fit: a parameter without any slope is named as such", "[cli]") {
  for (const std::string formula : {"y ~ a - a + b*x", "y ~ floor(a*x) + b*x"}) {
    const Outcome outcome =
        fit({formula, "-", "--start", "a=1,b=1", "--json"}, "x,y\n1,2\n2,3\n3,5\n");
    CHECK(outcome.status == 4);
    CHECK_THAT(Json::parse(outcome.out)["notes"].dump(),
               ContainsSubstring("the slope of the formula by a is 0"));
  }
}

TEST_CASE("fit: a start whose squares overflow is told from one without values", "[cli]") {
  const Outcome outcome =
      fit({"y ~ a*x", "-", "--start", "a=1e300", "--json"}, "x,y\n1,2\n2,3\n3,5\n");
  CHECK(outcome.status == 4);
  CHECK_THAT(Json::parse(outcome.out)["reason"].dump(), ContainsSubstring("overflows"));
}

TEST_CASE("fit: out of budget is status 4 with the best values", "[cli]") {
  const Outcome outcome =
      fit({saturation, "-", "--start", "A=1,k=1", "--max-iterations", "1", "--json"});
  CHECK(outcome.status == 4);
  const Json report = Json::parse(outcome.out);
  CHECK(report["status"] == "out_of_budget");
  CHECK(report["result"]["parameters"][0]["estimate"].is_number());
}

TEST_CASE("fit: as many rows as parameters is exact, without errors", "[cli]") {
  const Outcome outcome =
      fit({saturation, "-", "--start", "A=20,k=0.5", "--where", "Time < 3", "--json"});
  const Json report = json_of(outcome);
  CHECK(report["result"]["residual_sd"].is_null());
  CHECK(report["result"]["parameters"][0]["std_error"].is_null());
  CHECK_THAT(report["notes"].dump(), ContainsSubstring("as many parameters as rows"));
}

TEST_CASE("fit: highly correlated estimates are named", "[cli]") {
  const Outcome outcome = fit({"y ~ a*exp(b*x)", "-", "--start", "a=1,b=0.1", "--json"},
                              "x,y\n100,1\n101,1.1\n102,1.3\n103,1.35\n");
  CHECK_THAT(json_of(outcome)["notes"].dump(), ContainsSubstring("a and b (-0.99"));
}

TEST_CASE("fit: x^b has its derivative 0 at x = 0", "[cli]") {
  const Json result =
      fitted({"y ~ a*x^b", "-", "--start", "a=1,b=1"}, "x,y\n0,0\n1,2\n2,8.1\n3,17.9\n4,32\n");
  CHECK_NEAR(entry(result, 1, "estimate"), 2, 0.02);
}

TEST_CASE("fit: a misspelt column is taken for a parameter, and the column is suggested", "[cli]") {
  CHECK_THAT(refusal({"demand ~ A*(1-exp(-k*Tiem))", "-", "--start", "A=1,k=1"}, 2),
             ContainsSubstring("Tiem (did you mean 'Time'?)"));
  CHECK_THAT(refusal({"y ~ a*`my x` + `my b`", "-"}, 2, "my x,y\n1,2\n"),
             ContainsSubstring("--start 'a=1,my b=1'"));
}

TEST_CASE("fit: what cannot be read is shown within the whole formula", "[cli]") {
  CHECK_THAT(refusal({"demand ~ A*(Time", "-", "--start", "A=1"}, 2),
             ContainsSubstring("\"demand ~ A*(Time\""));
}

TEST_CASE("fit: a column without any value is status 3, one of text status 1", "[cli]") {
  CHECK_THAT(refusal({"y ~ a*x", "-", "--start", "a=1"}, 3, "x,y\nNA,2\nNA,3\n"),
             ContainsSubstring("column 'x' is without a value"));
  CHECK_THAT(refusal({"y ~ a*x", "-", "--start", "a=1"}, 1, "x,y\nred,2\nblue,3\n"),
             ContainsSubstring("column 'x' is text (0 of 2"));
}

// Of R: x <- c(.1,.2,.3,.4,.5,.6,.7,.8); y <- c(.06,.22,.4,.57,.74,.86,.94,.98);
// nls(y ~ 6*(k*x)^2-8*(k*x)^3+3*(k*x)^4, start=list(k=1), control=nls.control(tol=1e-12)), the
// polynomial being that function; k and its error are those by 1e-9, as x is by 1e9.
TEST_CASE("fit: a parameter small by nature, in a function without a derivative", "[cli]") {
  const Json result =
      fitted({"y ~ ibeta(2,3,k*x)", "-", "--start", "k=1e-9"},
             "x,y\n1e8,.06\n2e8,.22\n3e8,.4\n4e8,.57\n5e8,.74\n6e8,.86\n7e8,.94\n8e8,.98\n");
  CHECK_NEAR(entry(result, 0, "estimate"), 1.0724775016e-9, 1e-16);
  CHECK_NEAR(entry(result, 0, "std_error"), 7.377538919e-12, 1e-18);
}

TEST_CASE("fit: a saved fit that was changed by hand is status 1", "[cli]") {
  const ScratchFolder folder;
  const std::string model = folder / "m.json";
  REQUIRE(fit({saturation, "-", "--start", "A=20,k=0.5", "--save", model}).status == 0);
  const Json good = Json::parse(folder.content("m.json"));
  const auto apply_changed = [&](const char* field, const Json& value) {
    Json changed = good;
    changed[field] = value;
    std::ofstream(model) << changed;
    return run_mathtool({"apply", model, "-", "--interval", "0.9"}, {.input = "Time\n1\n"});
  };
  CHECK(apply_changed("observations", 6).status == 0);
  const std::vector<std::pair<const char*, Json>> changes = {
      {"residual_sd", -1},        {"df_residual", -2},
      {"df_residual", "many"},    {"covariance", {{1, 0}, {0, -1}}},
      {"covariance", {{1, 0}}},   {"estimates", {1, nullptr}},
      {"parameters", {"A", "A"}}, {"formula", "demand ~ A*(1-exp(-q*Time))"},
      {"formula", "demand"},      {"columns", 3},
      {"format_version", "2.0"},
  };
  for (const auto& [field, value] : changes) {
    const Outcome outcome = apply_changed(field, value);
    INFO(field << " = " << value << "\n" << outcome.err);
    CHECK(outcome.status == 1);
    CHECK(outcome.out.empty());
  }
  CHECK_THAT(apply_changed("format", "other").err, !ContainsSubstring("is a pca"));
}
