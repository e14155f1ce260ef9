// server/storage/child.cpp: between fork and exec only calls that a forked thread may make.
#include "server/storage/child.hpp"

#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace outcry::storage {
namespace {

/// Environment without libpq's variables, which would send initdb and postgres elsewhere.
std::vector<char*> clean_environment() {
    std::vector<char*> kept;
    for (char** entry = environ; *entry; ++entry)
        if (std::string_view{*entry}.substr(0, 2) != "PG" && std::string_view{*entry}.substr(0, 3) != "LC_")
            kept.push_back(*entry);
    kept.push_back(nullptr);
    return kept;
}

[[noreturn]] void become(const Child& child, char* const* arguments, char* const* environment, int log,
                         pid_t parent) {
    setsid();  // Ctrl-C in our terminal is for us; we stop it in our own time
    for (int number = 1; number < NSIG; ++number) signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);

    const int null = open("/dev/null", O_RDONLY);
    dup2(null, 0);
    dup2(log, 1);
    dup2(log, 2);
    close_range(3, ~0U, 0);  // above all our listening sockets
    umask(077);
    if (child.account) {
        const gid_t group = child.account->group;
        if (setgroups(1, &group) != 0 || setgid(group) != 0 || setuid(child.account->user) != 0) _exit(126);
    }
    if (child.when_we_die != 0) {
        prctl(PR_SET_PDEATHSIG, child.when_we_die);  // after setuid, which clears it
        if (getppid() != parent) _exit(125);         // too late: the parent is gone already
    }
    execve(arguments[0], arguments, environment);
    _exit(127);
}

}  // namespace

pid_t start(const Child& child) {
    std::vector<char*> arguments;
    for (const auto& word : child.command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const auto environment = clean_environment();
    const int log = open(child.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log < 0) throw std::system_error(errno, std::generic_category(), child.log.string());
    const pid_t parent = getpid();
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);  // a signal to the child must not run our handlers in it
    const pid_t id = fork();
    if (id == 0) become(child, arguments.data(), environment.data(), log, parent);
    const int cause = errno;
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    close(log);
    if (id < 0) throw std::system_error(cause, std::generic_category(), "fork");
    return id;
}

int wait_for(pid_t id) {
    int status = 0;
    while (waitpid(id, &status, 0) < 0)
        if (errno != EINTR) return 127;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace outcry::storage
