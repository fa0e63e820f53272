#include "cli/interrupt.hpp"

#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <csignal>

#include "cli/exit.hpp"

namespace mathtool::cli {
namespace {

std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free, "the flag is set by a signal handler");

extern "C" void end_now(int) { ::_exit(static_cast<int>(Exit::interrupted)); }

extern "C" void interrupt(int) {
  if (interrupted.exchange(true)) end_now(0);
  const itimerval deadline = {{0, 0}, {0, 800'000}};
  ::setitimer(ITIMER_REAL, &deadline, nullptr);
}

extern "C" void raise_flag(int) { interrupted = true; }

void handle(int signal, void (*handler)(int)) {
  struct sigaction action = {};
  action.sa_handler = handler;
  ::sigemptyset(&action.sa_mask);
  ::sigaction(signal, &action, nullptr);
}

}  // namespace

void listen_for_interrupts() {
  handle(SIGINT, interrupt);
  handle(SIGTERM, interrupt);
  handle(SIGALRM, end_now);
  handle(SIGPIPE, SIG_IGN);
}

void forgive_interrupts() { handle(SIGINT, raise_flag); }

bool clear_interrupt() { return interrupted.exchange(false); }

StopToken interrupt_token() { return StopToken(interrupted); }

}  // namespace mathtool::cli
