// Learns to write by a text: a network with a memory reads character after character and says
// which comes next. Prints after each epoch the loss in nats per character on the last tenth of
// the text, and then what it writes itself: `character_lstm shakespeare.txt [EPOCHS]`.

#include <cstdio>
#include <cstdlib>
#include <string>

#include "mathtool/data/input.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/sampling.hpp"
#include "mathtool/nn/text_data.hpp"
#include "mathtool/nn/training.hpp"

using namespace mathtool;

namespace {

std::string read_all(const char* path) {
  data::Input input = data::Input::open(path);
  std::string text, block(1 << 16, '\0');
  for (std::size_t got = 0; (got = input.read(block)) > 0;) text.append(block, 0, got);
  return text;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 2) throw Error("usage: character_lstm TEXT [EPOCHS]");
  const std::int64_t epochs = argc > 2 ? std::atoi(argv[2]) : 12;
  constexpr Index window = 100, batch = 64;

  const std::string text = read_all(argv[1]);
  const nn::Vocabulary vocabulary = nn::vocabulary_of(text, argv[1]);
  const nn::TextWindows parts =
      nn::text_windows(text, vocabulary, {.window = window, .validation = 0.1}, argv[1]);

  nn::Sequential<> network(
      {window},
      nn::with_vocabulary(nn::parse_layers("embedding 64, lstm 256 all"), vocabulary.size()));
  const std::int64_t steps = epochs * ((parts.training.size() + batch - 1) / batch);
  const nn::Training training = nn::train(
      network, parts.training,
      {.loss = nn::CrossEntropy{},
       .rule = opt::Adam{.learning_rate = 5e-3},
       .schedule = opt::parse_schedule("cosine", steps),
       .clipping = {.global_norm = 1},
       .epochs = epochs,
       .batch = batch,
       .validation = &*parts.validation,
       .on_epoch = [](const nn::Epoch& epoch, const auto&) {
         std::printf("epoch %2lld: loss %.3f, validation %.3f\n",
                     static_cast<long long>(epoch.epoch), epoch.loss, *epoch.validation_loss);
         std::fflush(stdout);
       }});
  if (training.status != Status::converged) throw Error(training.reason);

  const std::string written =
      nn::sample_text(network, vocabulary, "\n", {.length = 500, .temperature = 0.8});
  std::printf("\n%s\n", written.c_str());
} catch (const Error& error) {
  std::fprintf(stderr, "character_lstm: %s\n", error.what());
  return 1;
}
