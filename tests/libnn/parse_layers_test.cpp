#include <string>

#include "mathtool/math/error.hpp"
#include "mathtool/nn/architecture.hpp"
#include "support/catch.hpp"

using namespace mathtool;
using namespace mathtool::nn;

namespace {

/// The complaint about a text.
std::string refusal(const std::string& text) {
  try {
    parse_layers(text);
  } catch (const DataError& error) { return error.what(); }
  return "read";
}

}  // namespace

TEST_CASE("parse_layers: an activation behind a layer is a layer of its own", "[nn]") {
  const std::vector<Layer> expected = {Dense{128}, Relu(), Dropout{0.5}, Dense{10}};
  CHECK(parse_layers("dense 128 relu, dropout 0.5, dense 10") == expected);
  CHECK(parse_layers("dense 128,relu,dropout 0.5 ,\n dense 10") == expected);
  CHECK(to_string(expected) == "dense 128, relu, dropout 0.5, dense 10");
  CHECK(parse_layers("batchnorm leaky_relu 0.2") ==
        std::vector<Layer>{BatchNorm(), LeakyRelu{0.2}});
}

TEST_CASE("parse_layers: settings of every kind", "[nn]") {
  const Initializer orthogonal{InitializerKind::orthogonal, 1.4};
  CHECK(parse_layers("dense 3 tanh init orthogonal:1.4") ==
        std::vector<Layer>{Dense{3, orthogonal}, Tanh()});
  CHECK(parse_layers("dense 3 init orthogonal:1.4 elu 0.5") ==
        std::vector<Layer>{Dense{3, orthogonal}, Elu{0.5}});
  CHECK(parse_layers("leaky_relu") == std::vector<Layer>{LeakyRelu{0.01}});
  CHECK(parse_layers("elu") == std::vector<Layer>{Elu{1}});
  CHECK(parse_layers("batchnorm") == std::vector<Layer>{BatchNorm{0.1, 1e-5}});
  CHECK(parse_layers("batchnorm epsilon 0.001 momentum 0.2") ==
        std::vector<Layer>{BatchNorm{0.2, 1e-3}});
  CHECK(parse_layers("gelu, sigmoid, softmax, flatten") ==
        std::vector<Layer>{Gelu(), Sigmoid(), Softmax(), Flatten()});
}

TEST_CASE("parse_layers: residuals in residuals", "[nn]") {
  const std::vector<Layer> expected = {Dense{4}, Residual{{Dense{4}, Relu(), Residual{{Dense{4}}}}},
                                       Gelu()};
  CHECK(parse_layers("dense 4, residual(dense 4 relu, residual (dense 4)) gelu") == expected);
  CHECK(parse_layers(to_string(expected)) == expected);
  const auto nested = [](int depth) {
    std::string text = "relu";
    for (int i = 0; i < depth; ++i) text = "residual(" + text + ")";
    return text;
  };
  CHECK(to_string(parse_layers(nested(32))) == nested(32));
  CHECK_THAT(refusal(nested(33)), ContainsSubstring("more than 32 residuals in each other"));
  std::string endless;
  for (int i = 0; i < 100'000; ++i) endless += "residual(";
  CHECK_THROWS_AS(parse_layers(endless), DataError);
}

TEST_CASE("parse_layers: a mistake is shown with what was expected", "[nn]") {
  CHECK(refusal("dens 10") == "layers 'dens': 'dens' is no layer (did you mean 'dense'?)");
  CHECK(refusal("dense 128 rellu") ==
        "layers 'dense 128 rellu': 'rellu' behind 'dense': expected dense UNITS [ACTIVATION] [init "
        "NAME[:SCALE]] (did you mean 'relu'?)");
  CHECK_THAT(refusal("xyzzy"), ContainsSubstring("; there are dense, "));
  CHECK_THAT(refusal("dense"), ContainsSubstring("nothing behind 'dense': expected dense UNITS"));
  CHECK_THAT(refusal("dense relu"),
             ContainsSubstring("'relu' behind 'dense': expected dense UNITS"));
  for (const char* units : {"0", "-3", "2.5", "1e3", "99999999999999999999"})
    CHECK_THAT(refusal(std::string("dense ") + units), ContainsSubstring("expected dense UNITS"));
  CHECK_THAT(refusal("dense 3 relu dense 4"), ContainsSubstring("a comma stands between layers"));
  CHECK_THAT(refusal("dense 3 4"), ContainsSubstring("'4' behind 'dense'"));
  CHECK_THAT(refusal("dense 3 init"), ContainsSubstring("expected dense UNITS"));
  CHECK_THAT(refusal("dense 3 init he_norml"), ContainsSubstring("did you mean 'he_normal'?"));
  CHECK_THAT(refusal("relu init he_normal"), ContainsSubstring("'init' behind 'relu'"));
  CHECK_THAT(refusal("dropout"), ContainsSubstring("expected dropout RATE"));
  CHECK_THAT(refusal("dropout 1"), ContainsSubstring("rate must be in [0, 1), got 1"));
  CHECK_THAT(refusal("elu 0"), ContainsSubstring("alpha must be > 0, got 0"));
  CHECK_THAT(refusal("batchnorm momentum"), ContainsSubstring("expected batchnorm"));
  CHECK_THAT(refusal("residual"), ContainsSubstring("expected residual(LAYERS)"));
  CHECK_THAT(refusal("residual()"), ContainsSubstring("a layer is missing"));
  CHECK_THAT(refusal("residual(relu"), ContainsSubstring("a ( without its )"));
  CHECK_THAT(refusal("relu)"), ContainsSubstring("a ) without its ("));
  CHECK_THAT(refusal("relu(relu)"), ContainsSubstring("'(' behind 'relu'"));
  CHECK_THAT(refusal("relu,,relu"), ContainsSubstring("a layer is missing"));
  CHECK_THAT(refusal("relu,"), ContainsSubstring("a layer is missing"));
  CHECK_THAT(refusal(",relu"), ContainsSubstring("a layer is missing"));
  for (const char* nothing : {"", "  \n"})
    CHECK_THAT(refusal(nothing), ContainsSubstring("as in 'dense 64 relu, dense 10'"));
}

TEST_CASE("parse_layers: no size is beyond what can be counted", "[nn]") {
  for (const char* text :
       {"dense 4611686018427387904", "lstm 2147483648", "conv 3000000000 3x3",
        "conv 2 3x9999999999", "maxpool 4294967296", "embedding 8 vocabulary 9223372036854775807"})
    CHECK_THROWS_AS(parse_layers(text), DataError);
  for (const char* text : {"lstm 2147483647", "gru 2147483647 all, rnn 2147483647",
                           "dense 2147483647, dense 2147483647", "residual(dense 2147483647)"}) {
    INFO(text);
    CHECK_THROWS_AS(Architecture({1'000'000, 1'000'000}, parse_layers(text)), DimensionError);
  }
  for (const char* text : {"deconv 2147483647 1000000x1000000", "conv 2147483647 1000x1000"}) {
    INFO(text);
    CHECK_THROWS_AS(Architecture({1'000, 100'000, 100'000}, parse_layers(text)), DimensionError);
  }
}

TEST_CASE("layer_kinds: every kind has a name, a usage and a summary", "[nn]") {
  for (const LayerInfo& info : layer_kinds()) {
    INFO(info.name);
    CHECK(info.usage.starts_with(info.name));
    CHECK(!info.summary.empty());
  }
  CHECK(name_of(BatchNorm()) == "batchnorm");
  CHECK(name_of(Residual{{Relu()}}) == "residual");
}
