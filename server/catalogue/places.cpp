// server/catalogue/places.cpp: walks valid JSON along a pointer; strings are all it must not be fooled by.
#include "server/catalogue/places.hpp"

#include <nlohmann/json.hpp>
#include <set>
#include <vector>

namespace outcry::catalogue {
namespace {

class Walk {
 public:
    explicit Walk(std::string_view text) : text_(text), at_(length_of_mark(text)) { skip_blank(); }

    std::size_t at() const { return at_; }

    /// Goes to the member or element that `token` names; false, and stays, when there is none.
    bool enter(std::string_view token) {
        if (at_ >= text_.size() || (text_[at_] != '{' && text_[at_] != '[')) return false;
        const auto start = at_;
        const bool object = text_[at_] == '{';
        std::size_t index = 0;
        for (next(); at_ < text_.size() && text_[at_] != '}' && text_[at_] != ']'; ++index) {
            const auto name_at = at_;
            std::string_view name;
            if (object) {
                name = string();
                next();  // the colon
            }
            if (object ? name == token : std::to_string(index) == token) {
                if (object) name_ = name_at;
                return true;
            }
            value();
            if (at_ < text_.size() && text_[at_] == ',') next();
        }
        at_ = start;
        return false;
    }

    /// Where the name of the member entered last stands.
    std::size_t name() const { return name_; }

 private:
    void skip_blank() {
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
            ++at_;
    }
    void next() {
        ++at_;
        skip_blank();
    }
    /// Without its quotes; escapes stay as they are.
    std::string_view string() {
        const auto first = ++at_;
        while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
        const auto inside = text_.substr(first, at_ - first);
        next();
        return inside;
    }
    void value() {
        int depth = 0;
        do {
            const char c = text_[at_];
            if (c == '"') {
                string();
                continue;
            }
            if (c == '{' || c == '[') ++depth;
            if (c == '}' || c == ']') --depth;
            next();
            // A bare word or number goes on until something ends it.
        } while (at_ < text_.size() &&
                 (depth > 0 || (text_[at_] != ',' && text_[at_] != '}' && text_[at_] != ']')));
    }

    std::string_view text_;
    std::size_t at_, name_ = 0;
};

}  // namespace

std::size_t length_of_mark(std::string_view text) {
    constexpr std::string_view mark = "\xef\xbb\xbf";
    return text.starts_with(mark) ? mark.size() : 0;
}

Spot spot_at(std::string_view text, std::size_t offset) {
    Spot spot;
    for (auto i = length_of_mark(text); i < offset && i < text.size(); ++i) {
        if (text[i] == '\n')
            ++spot.line, spot.column = 1;
        else if ((text[i] & 0xc0) != 0x80)
            ++spot.column;
    }
    return spot;
}

std::optional<Repeated> repeated_name(std::string_view text) {
    std::vector<std::set<std::string>> open;  // objects and lists that are not closed yet, with their names
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '{' || c == '[') open.emplace_back();
        if (c == '}' || c == ']') open.pop_back();
        if (c != '"') continue;
        const auto first = at;
        for (++at; text[at] != '"'; ++at)
            if (text[at] == '\\') ++at;
        const auto next = text.find_first_not_of(" \t\r\n", at + 1);
        if (next == std::string_view::npos || text[next] != ':') continue;
        auto name = nlohmann::json::parse(text.substr(first, at + 1 - first)).get<std::string>();
        if (!open.back().insert(name).second) return Repeated{first, std::move(name)};
    }
    return std::nullopt;
}

std::size_t offset_of(std::string_view text, std::string_view pointer) {
    Walk walk(text);
    bool by_name = false;
    while (!pointer.empty()) {
        const auto end = std::min(pointer.find('/', 1), pointer.size());
        std::string token(pointer.substr(1, end - 1));
        for (const auto& [escaped, plain] : {std::pair{"~1", "/"}, std::pair{"~0", "~"}})
            for (auto at = token.find(escaped); at != std::string::npos; at = token.find(escaped, at + 1))
                token.replace(at, 2, plain);
        if (!walk.enter(token)) return walk.at();
        by_name = token.find_first_not_of("0123456789") != std::string::npos;
        pointer.remove_prefix(end);
    }
    return by_name ? walk.name() : walk.at();
}

}  // namespace outcry::catalogue
