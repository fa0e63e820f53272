#pragma once

namespace mathtool::cli {

/// Follows brackets and quotes through the characters of a text.
class Nesting {
 public:
  void step(char c) {
    if (quote_ != '\0') {
      if (c == quote_) quote_ = '\0';
    } else if (c == '"' || c == '`') {
      quote_ = c;
    } else if (c == '(' || c == '[') {
      ++depth_;
    } else if (c == ')' || c == ']') {
      --depth_;
    }
  }

  bool quoted() const { return quote_ != '\0'; }
  int depth() const { return depth_; }

 private:
  int depth_ = 0;
  char quote_ = '\0';
};

}  // namespace mathtool::cli
