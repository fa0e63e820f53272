#include "cli/terminal_text.hpp"

#include "cli/progress_bar.hpp"
#include "support/catch.hpp"

using namespace mathtool::cli;

TEST_CASE("terminal text: width counts columns, not bytes", "[cli]") {
  CHECK(display_width("") == 0);
  CHECK(display_width("abc") == 3);
  CHECK(display_width("\u00b5m") == 2);       // micro sign
  CHECK(display_width("e\u0301") == 1);       // e and a combining acute
  CHECK(display_width("\u6570\u5b66") == 4);  // two Chinese characters
  CHECK(display_width("\U0001F600") == 2);    // an emoji
  CHECK(display_width("\xe9t\xe9") == 3);     // Latin-1
  CHECK(display_width("\xed\xa0\x80") == 3);  // a surrogate is not UTF-8
  CHECK(display_width("\xc0\xaf") == 2);      // nor is an overlong form
  CHECK(display_width("\xe6\x95") == 2);      // nor half a character
}

TEST_CASE("terminal text: control characters are shown, other bytes kept", "[cli]") {
  CHECK(printable("a\nb\tc\r\x1b[31m\x7f") == "a\\nb\\tc\\r\\x1b[31m\\x7f");
  CHECK(printable("\u00b5\xff") == "\u00b5\xff");
}

TEST_CASE("terminal text: padding fills columns and never cuts", "[cli]") {
  CHECK(pad_left("\u00b5", 3) == "  \u00b5");
  CHECK(pad_right("\u6570", 3) == "\u6570 ");
  CHECK(pad_left("long", 2) == "long");
}

TEST_CASE("progress: share, rate and time left follow from bytes and seconds", "[cli]") {
  CHECK(progress_line("reading", 50'000'000, 200'000'000, 2) ==
        "reading  [######..................]  25 %  25 MB/s  6 s left");
  CHECK(progress_line("reading", 1'000'000, 1'000'000'000, 1) ==
        "reading  [#.......................]   0 %  1 MB/s  16:39 min left");
  CHECK(progress_line("reading", 50'000'000, 0, 2) == "reading  50 MB  25 MB/s");
}

TEST_CASE("progress: in other units, from where it began, the bar as long as the line allows",
          "[cli]") {
  CHECK(progress_line("epoch 3/4", 600, 800, 2, {.name = "samples", .size = 1}, 400, 52) ==
        "epoch 3/4  [######..]  75 %  100 samples/s  2 s left");
  CHECK(progress_line("folds", 1, 4, 2, {.name = "folds", .size = 1}) ==
        "folds  [######..................]  25 %  0.5 folds/s  6 s left");
}
