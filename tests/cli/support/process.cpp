#include "cli/support/process.hpp"

#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <stdexcept>

extern char** environ;

namespace mathtool::test {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

File scratch() { return {std::tmpfile(), &std::fclose}; }

std::string content(const File& file) {
  std::rewind(file.get());
  std::string text;
  char buffer[4096];
  while (const std::size_t n = std::fread(buffer, 1, sizeof buffer, file.get()))
    text.append(buffer, n);
  return text;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> result;
  for (std::string& word : words) result.push_back(word.data());
  result.push_back(nullptr);
  return result;
}

}  // namespace

Outcome run(const std::vector<std::string>& words, const Surroundings& around) {
  const File in = scratch(), out = scratch(), err = scratch();
  std::fwrite(around.input.data(), 1, around.input.size(), in.get());
  std::rewind(in.get());

  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ::fileno(in.get()), STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, ::fileno(out.get()), STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, ::fileno(err.get()), STDERR_FILENO);

  std::vector<std::string> arguments = words, environment = around.environment;
  for (char** entry = environ; *entry; ++entry) environment.emplace_back(*entry);
  pid_t child = 0;
  const int failure = ::posix_spawnp(&child, words[0].c_str(), &actions, nullptr,
                                     pointers(arguments).data(), pointers(environment).data());
  ::posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) throw std::runtime_error("cannot run " + words[0]);
  int status = 0;
  rusage used = {};
  ::wait4(child, &status, 0, &used);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), content(out),
          content(err), std::int64_t{used.ru_maxrss} * 1024};
}

Outcome run_mathtool(std::vector<std::string> arguments, const Surroundings& around) {
  arguments.insert(arguments.begin(), MATHTOOL_PROGRAM);
  return run(arguments, around);
}

Outcome shell(const std::string& line, const Surroundings& around) {
  Surroundings with_program = around;
  with_program.environment.emplace_back("MATHTOOL=" MATHTOOL_PROGRAM);
  return run({"/bin/sh", "-c", line}, with_program);
}

}  // namespace mathtool::test
