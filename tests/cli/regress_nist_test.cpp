// Linear regressions that NIST certifies to 15 digits (Statistical Reference Datasets).

#include <cmath>
#include <fstream>

#include "cli/support/regression_figures.hpp"
#include "support/filip.hpp"
#include "support/reference_data.hpp"

using namespace mathtool::test;

namespace {

void check_digits(const Json& result, const char* key, const Figures& certified, double digits) {
  check_column(result, key, certified, std::pow(10.0, -digits));
}

}  // namespace

// NIST StRD, Filip.dat: certified to 15 digits.
TEST_CASE("regress: Filip's polynomial of degree 10 keeps 12 digits and more", "[cli]") {
  std::string text = "y,x\n";
  for (const auto& [y, x] : filip) text += Json(y).dump() + "," + Json(x).dump() + "\n";
  const Json fit = regress.result({"y ~ poly(x, 10)"}, text);
  check_digits(fit, "estimate",
               {-1467.48961422980, -2772.17959193342, -2316.37108160893, -1127.97394098372,
                -354.478233703349, -75.1242017393757, -10.8753180355343, -1.06221498588947,
                -0.0670191154593408, -0.00246781078275479, -0.0000402962525080404},
               12.5);
  check_digits(fit, "std_error",
               {298.084530995537, 559.779865474950, 466.477572127796, 227.204274477751,
                71.6478660875927, 15.2897178747400, 2.23691159816033, 0.221624321934227,
                0.0142363763154724, 0.000535617408889821, 0.00000896632837373868},
               12.5);
  check_entry(fit, "residual_sd", 0.00334801051324544, 1e-12);
  check_entry(fit, "r_squared", 0.996727416185620, 1e-13);
  check_entry(fit, "f_statistic", 2162.43954511489, 1e-12);
  // The same by separate powers.
  const Json powers =
      regress.result({"y ~ x + x^2 + x^3 + x^4 + x^5 + x^6 + x^7 + x^8 + x^9 + x^10"}, text);
  CHECK(powers["coefficients"][7]["estimate"] == fit["coefficients"][7]["estimate"]);
}

TEST_CASE("regress: Longley, Norris, Pontius, NoInt1 and Wampler as NIST certifies them", "[cli]") {
  REQUIRE_REFERENCE_DATA(data);
  /// The table behind the 60 lines of header of a NIST file.
  const auto table = [&](const std::string& name, const std::string& header) {
    std::ifstream file(data / "nist/linear" / (name + ".dat"));
    std::string text = header + "\n", line;
    for (int number = 1; std::getline(file, line); ++number)
      if (number > 60) text += line + "\n";
    return text;
  };
  Json fit = regress.result({"y ~ .", "-d", "space"}, table("Longley", "y x1 x2 x3 x4 x5 x6"));
  check_digits(fit, "estimate",
               {-3482258.63459582, 15.0618722713733, -0.358191792925910e-1, -2.02022980381683,
                -1.03322686717359, -0.511041056535807e-1, 1829.15146461355},
               13);
  check_digits(fit, "std_error",
               {890420.383607373, 84.9149257747669, 0.334910077722432e-1, 0.488399681651699,
                0.214274163161675, 0.226073200069370, 455.478499142212},
               13);
  check_entry(fit, "residual_sd", 304.854073561965, 1e-13);
  check_entry(fit, "r_squared", 0.995479004577296, 1e-14);
  check_entry(fit, "f_statistic", 330.285339234588, 1e-13);
  // Each row 3500 times, more than are factorised: the same by sums, errors by the degrees of
  // freedom.
  const std::string once = table("Longley", "y x1 x2 x3 x4 x5 x6");
  const std::size_t head = once.find('\n') + 1;
  std::string often = once.substr(0, head);
  for (int k = 0; k < 3500; ++k) often += once.substr(head);
  const Json sums = regress.result({"y ~ .", "-d", "space"}, often);
  CHECK(sums["method"] != fit["method"]);
  for (std::size_t j = 0; j < 7; ++j) {
    const auto value = [&](const Json& of, const char* key) {
      return of["coefficients"][j][key].get<double>();
    };
    const double known = value(fit, "estimate"), error = value(fit, "std_error");
    CHECK_NEAR(value(sums, "estimate"), known, relative(1e-13, known));
    CHECK_NEAR(value(sums, "std_error") * std::sqrt((56'000 - 7) / 9.0), error,
               relative(1e-13, error));
  }
  fit = regress.result({"y ~ x", "-d", "space"}, table("Norris", "y x"));
  check_digits(fit, "estimate", {-0.262323073774029, 1.00211681802045}, 12.5);
  check_digits(fit, "std_error", {0.232818234301152, 0.429796848199937e-3}, 12.5);
  fit = regress.result({"y ~ x + x^2", "-d", "space"}, table("Pontius", "y x"));
  check_digits(fit, "estimate",
               {0.673565789473684e-3, 0.732059160401003e-6, -0.316081871345029e-14}, 12.5);
  check_digits(fit, "std_error",
               {0.107938612033077e-3, 0.157817399981659e-9, 0.486652849992036e-16}, 12.5);
  fit = regress.result({"y ~ x - 1", "-d", "space"}, table("NoInt1", "y x"));
  check_digits(fit, "estimate", {2.07438016528926}, 13.5);
  check_digits(fit, "std_error", {0.0165289256198347}, 13.5);
  check_entry(fit, "r_squared", 0.999365492298663, 1e-14);
  check_digits(regress.result({"y ~ poly(x,5)", "-d", "space"}, table("Wampler1", "y x")),
               "estimate", Figures(6, 1.0), 14);
  fit = regress.result({"y ~ poly(x,5)", "-d", "space"}, table("Wampler4", "y x"));
  check_digits(fit, "estimate", Figures(6, 1.0), 13);
  check_digits(fit, "std_error",
               {215232.624678170, 236355.173469681, 77934.3524331583, 10147.5507550350,
                564.566512170752, 11.2324854679312},
               13);
}
