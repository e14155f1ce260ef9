// server/pages/shelf.hpp: pages that are made once for each change of the data, and then served as bytes.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "server/http/router.hpp"

namespace outcry::pages {

/// Successful pages by address and encoding, good until the data moves on. Safe from any thread.
class Shelf {
 public:
    explicit Shelf(std::size_t most_bytes = 16 << 20) : most_bytes_(most_bytes) {}

    struct Page {
        http::Fields headers;
        std::shared_ptr<const std::string> body;
    };
    /// Null when this page has not been made at this version of the data.
    std::shared_ptr<const Page> find(const std::string& key, std::uint64_t version);
    /// Forgets everything of older versions; keeps nothing when the shelf is full.
    void keep(const std::string& key, std::uint64_t version, std::shared_ptr<const Page>);

 private:
    void move_on(std::uint64_t version);

    std::mutex mutex_;
    std::size_t most_bytes_, bytes_ = 0;
    std::uint64_t version_ = 0;
    std::unordered_map<std::string, std::shared_ptr<const Page>> pages_;
};

/// `make`, asked once for each address, encoding and version of the data.
http::Handler shelved(std::shared_ptr<Shelf>, std::function<std::uint64_t()> version, http::Handler make);

}  // namespace outcry::pages
