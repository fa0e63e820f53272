#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace mathtool::data {

/// Hands out objects and takes them back when their last user lets go, with the memory that they
/// have grown to: fresh memory costs more than what is done with it. Thread-safe.
template <class T>
class Recycler {
 public:
  /// As its last user left it, or new.
  std::shared_ptr<T> take() const {
    std::unique_ptr<T> item = idle_->take();
    if (!item) item = std::make_unique<T>();
    return {item.release(), [idle = idle_](T* done) { idle->put(std::unique_ptr<T>(done)); }};
  }

 private:
  class Idle {
   public:
    std::unique_ptr<T> take() {
      const std::lock_guard lock(mutex_);
      if (items_.empty()) return nullptr;
      std::unique_ptr<T> item = std::move(items_.back());
      items_.pop_back();
      return item;
    }

    void put(std::unique_ptr<T> item) {
      const std::lock_guard lock(mutex_);
      items_.push_back(std::move(item));
    }

   private:
    std::mutex mutex_;
    std::vector<std::unique_ptr<T>> items_;
  };

  std::shared_ptr<Idle> idle_ = std::make_shared<Idle>();
};

}  // namespace mathtool::data
