#include "mathtool/math/error.hpp"
#include "mathtool/nn/sampling.hpp"
#include "model_bytes.hpp"
#include "saved_models.hpp"
#include "support/catch.hpp"

using namespace mathtool;
using test::load;
using test::ModelBytes;
using test::save;

namespace {

nn::Model text_model() {
  return {.network = nn::Sequential<float>(
              {8}, nn::parse_layers("embedding 3 vocabulary 4, lstm 5 all, dense 4"), 2),
          .loss = nn::CrossEntropy{},
          .classes = {"\n", "\"", "b", "漢"},
          .vocabulary = nn::Vocabulary({"\n", "\"", "b", "漢"})};
}

nn::Model series_model() {
  return {.network = nn::Sequential<float>({6, 2}, nn::parse_layers("gru 3, dense 4"), 2),
          .series = nn::SeriesEncoding{
              .columns = {{.name = "ice", .center = 1.0 / 3, .scale = test::awkward[0]},
                          {.name = "sea", .center = -2, .scale = 0}},
              .options = {.window = 6, .horizon = 2, .logarithm = true, .difference = 12}}};
}

template <class Change>
std::string complaint(const nn::Model& model, Change&& change) {
  ModelBytes file = ModelBytes::parse(save(model));
  file.change_model(change);
  try {
    load(file.bytes());
  } catch (const DataError& error) { return error.what(); }
  return "nothing is wrong";
}

}  // namespace

TEST_CASE("model file: a vocabulary and a series come back", "[nn][model]") {
  const nn::Model text = load(save(text_model()));
  CHECK(text.vocabulary == text_model().vocabulary);
  CHECK(!text.series);
  CHECK(nn::sample_text(text.network, text.vocabulary, "b漢") ==
        nn::sample_text(text_model().network, text_model().vocabulary, "b漢"));
  const nn::Model series = load(save(series_model()));
  CHECK(series.series == series_model().series);
  CHECK(series.vocabulary.size() == 0);
  CHECK(save(series) == save(series_model()));
}

TEST_CASE("model file: a vocabulary or series that does not fit is refused", "[nn][model]") {
  using test::Json;
  const auto of_text = [](auto change) { return complaint(text_model(), change); };
  const auto of_series = [](auto change) { return complaint(series_model(), change); };
  CHECK_THAT(of_text([](Json& m) {
               m["vocabulary"] = {"a", "b", "c"};
             }),
             ContainsSubstring("m.model: model: 3 characters for outputs of shape (8, 4)"));
  CHECK_THAT(of_text([](Json& m) {
               m["vocabulary"] = {"a", "b", "b", "c"};
             }),
             ContainsSubstring("character 'b' (U+0062) is there twice"));
  CHECK_THAT(of_text([](Json& m) {
               m["vocabulary"] = {"a", "b", "cc", "d"};
             }),
             ContainsSubstring("'cc' is no single character"));
  CHECK_THAT(of_text([](Json& m) { m["vocabulary"] = 7; }), ContainsSubstring("is not a list"));
  CHECK_THAT(of_series([](Json& m) { m["series"]["window"] = 7; }),
             ContainsSubstring("window 7 and horizon 2 for a network from (6, 2) to (4,)"));
  CHECK_THAT(of_series([](Json& m) { m["series"]["horizon"] = 0; }),
             ContainsSubstring("field 'horizon' is 0, below 1"));
  CHECK_THAT(of_series([](Json& m) { m["series"]["difference"] = std::int64_t{1} << 62; }),
             ContainsSubstring("that no series has"));
  CHECK_THAT(of_series([](Json& m) { m["series"]["logarithm"] = 1; }),
             ContainsSubstring("field 'logarithm' is not true or false"));
  CHECK_THAT(of_series([](Json& m) { m["series"]["columns"] = Json::array(); }),
             ContainsSubstring("a series without a column"));
  CHECK_THAT(of_series([](Json& m) { m["series"].erase("window"); }),
             ContainsSubstring("there is no field 'window'"));
  CHECK_THAT(of_series([](Json& m) { m["series"] = "lynx"; }), ContainsSubstring("no JSON object"));
}
