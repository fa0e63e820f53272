#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace mathtool::stats {

/// One summary for each group of a stream, in the order in which the groups first appear. The key
/// is what tells groups apart: a text, or a vector of texts where several columns do.
/// A needs a default (or the copy of a start that the constructor takes) and `merge`.
template <class A, class Key = std::string>
class Grouped {
 public:
  struct Group {
    Key key;
    A value;
  };

  Grouped() = default;
  /// Every group begins as a copy of `start`.
  explicit Grouped(A start) : start_(std::move(start)) {}

  /// The group's summary, which begins where the key is new: `groups[key].push(x)`. It stays where
  /// it is until the next new key.
  A& operator[](const Key& key) {
    const auto [place, is_new] = places_.try_emplace(key, groups_.size());
    if (is_new) groups_.push_back({key, start_});
    return groups_[place->second].value;
  }

  /// Groups that only `other` has follow ours, in its order.
  void merge(const Grouped& other) {
    for (const Group& group : other.groups_) (*this)[group.key].merge(group.value);
  }
  void merge(Grouped&& other) {
    for (Group& group : other.groups_) (*this)[group.key].merge(std::move(group.value));
  }

  const std::vector<Group>& groups() const { return groups_; }
  std::vector<Group>& groups() { return groups_; }

 private:
  A start_ = {};
  std::vector<Group> groups_ = {};
  std::map<Key, std::size_t> places_ = {};
};

}  // namespace mathtool::stats
