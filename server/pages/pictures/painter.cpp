// server/pages/pictures/painter.cpp: see the header.
#include "server/pages/pictures/painter.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/pages/pictures/raster.hpp"

namespace outcry::pages {
namespace {

namespace asio = boost::asio;

constexpr int most_waiting = 256;
constexpr std::size_t kept_pictures = 24;

/// The first text ever drawn waits for the list of fonts; nobody should wait for that.
void warm_up() try {
    draw_png(
        R"(<svg xmlns="http://www.w3.org/2000/svg"><text font-family="Inter,sans-serif" y="9">A</text></svg>)",
        8, 8);
} catch (const std::exception& error) {
    spdlog::warn("{}", error.what());
}

}  // namespace

Painter::Painter() {
    asio::post(worker_, warm_up);
}

Painter::~Painter() {
    worker_.stop();
    worker_.join();
}

asio::awaitable<Painter::Png> Painter::paint(std::string svg, int width, int height) {
    if (waiting_.fetch_add(1) >= most_waiting) {
        --waiting_;
        co_return nullptr;
    }
    const auto back = co_await asio::this_coro::executor;
    co_await asio::post(asio::bind_executor(worker_.get_executor(), asio::use_awaitable));
    Png png;
    std::exception_ptr error;
    try {
        png = paint_now(svg, width, height);
    } catch (...) {
        error = std::current_exception();
    }
    --waiting_;
    co_await asio::post(back, asio::use_awaitable);
    if (error) std::rethrow_exception(error);
    co_return png;
}

Painter::Png Painter::paint_now(const std::string& svg, int width, int height) {
    auto key = std::to_string(width) + 'x' + std::to_string(height) + ' ' + svg;
    const auto known =
        std::find_if(recent_.begin(), recent_.end(), [&](const auto& drawn) { return drawn.first == key; });
    if (known != recent_.end()) return known->second;
    auto png = std::make_shared<const std::string>(draw_png(svg, width, height));
    recent_.emplace_front(std::move(key), png);
    if (recent_.size() > kept_pictures) recent_.pop_back();
    return png;
}

}  // namespace outcry::pages
