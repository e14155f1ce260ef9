// analytics/signature.cpp: see the header. Works on bytes: whatever is not ASCII is a letter.
#include "analytics/signature.hpp"

#include <algorithm>
#include <set>

#include "analytics/trigrams.hpp"
#include "analytics/volatile_word.hpp"

namespace outcry::analytics {
namespace {

constexpr std::string_view mask = "…";
constexpr std::size_t longest_shown = 120, most_compared = 200;
constexpr double alike = 0.55;

bool is_word_byte(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || byte >= 0x80;
}

/// How many bytes at `at` are a character that is not seen, or would turn the text round. 0: none.
std::size_t unseen(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0;
    };
    if (byte(0) == 0xc2 && byte(1) == 0xad) return 2;                     // soft hyphen
    if (byte(0) == 0xd8 && byte(1) == 0x9c) return 2;                     // U+061C
    if (byte(0) == 0xef && byte(1) == 0xbb && byte(2) == 0xbf) return 3;  // U+FEFF
    if (byte(0) != 0xe2) return 0;
    const auto low = byte(2);
    if (byte(1) == 0x80 && ((low >= 0x8b && low <= 0x8f) || (low >= 0xaa && low <= 0xae))) return 3;
    if (byte(1) == 0x81 && low >= 0xa0 && low <= 0xaf) return 3;  // U+2060 to U+206F
    return 0;
}

/// How many bytes at `at` are white space or a control character. 0: none.
std::size_t blank(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead <= ' ' || lead == 0x7f) return 1;
    const auto rest = text.substr(at);
    if (rest.starts_with("\u00a0")) return 2;
    return rest.starts_with("\u2028") || rest.starts_with("\u2029") || rest.starts_with("\u3000") ? 3 : 0;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words(1);
    for (std::size_t at = 0; at < text.size();) {
        if (const auto n = unseen(text, at)) {
            at += n;
        } else if (const auto m = blank(text, at)) {
            if (!words.back().empty()) words.emplace_back();
            at += m;
        } else {
            words.back() += text[at++];
        }
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

/// A word, its punctuation left standing, with what is volatile in it masked.
std::string masked(const std::string& word) {
    constexpr std::string_view before = "([{<\"'", after = ")]}>\"'.,:;!?";
    const auto first = std::min(word.find_first_not_of(before), word.size());
    const auto last = word.find_last_not_of(after);
    if (last == std::string::npos || first > last) return word;
    const auto core = std::string_view(word).substr(first, last + 1 - first);
    if (!is_volatile(core)) return word;
    return word.substr(0, first) + std::string(mask) + word.substr(last + 1);
}

/// A number that was typed in pieces ("4111 1111 1111 1111") is masked as one.
void mask_pieces(std::vector<std::string>& words) {
    for (std::size_t first = 0; first < words.size();) {
        std::size_t last = first, digits = 0;
        while (last < words.size() && is_digits(words[last])) digits += words[last++].size();
        if (last > first + 1 && digits >= long_number)
            for (auto i = first; i < last; ++i) words[i] = mask;
        first = std::max(last, first + 1);
    }
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (std::size_t i = 0; i < out.size(); ++i) {
        auto& c = out[i];
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        const auto byte = static_cast<unsigned char>(c);  // À to Þ, in UTF-8
        const bool latin = i > 0 && static_cast<unsigned char>(out[i - 1]) == 0xc3;
        if (latin && byte >= 0x80 && byte <= 0x9e && byte != 0x97) c = static_cast<char>(byte + 0x20);
    }
    return out;
}

/// Letters and digits; a dot or dash stays inside a code.
std::string key_of(std::string_view shown) {
    std::string key;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const char c = shown[i];
        const bool inside = (c == '.' || c == '-') && i > 0 && is_word_byte(shown[i - 1]) &&
                            i + 1 < shown.size() && is_word_byte(shown[i + 1]);
        if (is_word_byte(c) || inside) {
            key += c;
        } else if (c != '\'' && !key.empty() && key.back() != ' ') {
            key += ' ';
        }
    }
    while (!key.empty() && key.back() == ' ') key.pop_back();
    return lower(key);
}

std::string shortened(const std::string& text) {
    std::size_t characters = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if ((static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) continue;
        if (++characters == longest_shown && at + 4 < text.size())
            return text.substr(0, at) + std::string(mask);
    }
    return text;
}

/// The words that hold a digit: two messages that differ in them say different things.
std::set<std::string> numbers_of(const std::string& key) {
    std::set<std::string> numbers;
    for (auto& word : words_of(key))
        if (word.find_first_of("0123456789") != std::string::npos) numbers.insert(std::move(word));
    return numbers;
}

/// A group while it grows.
struct Growing {
    MessageGroup group;
    std::vector<std::uint32_t> trigrams;
    std::set<std::string> numbers;
    std::set<std::int64_t> voices;

    void take(const MessageCount& more) {
        group.count += more.count;
        group.last_seen = std::max(group.last_seen, more.last_seen);
        voices.insert(more.voices.begin(), more.voices.end());
    }
};

}  // namespace

Signature signature_of(std::string_view message) {
    auto words = words_of(message);
    mask_pieces(words);
    std::string shown;
    bool says = false;
    for (const auto& word : words) {
        const auto safe = masked(word);
        if (safe == mask && shown.ends_with(mask)) continue;
        if (!shown.empty()) shown += ' ';
        shown += safe;
        says = says || (safe == word && std::any_of(word.begin(), word.end(), is_word_byte) && word != mask);
    }
    if (!says) return {};
    shown = shortened(shown);
    return {key_of(shown), shown};
}

std::vector<MessageGroup> group_alike(std::vector<MessageCount> counts, std::size_t least_voices,
                                      std::size_t most) {
    std::sort(counts.begin(), counts.end(), [](const MessageCount& a, const MessageCount& b) {
        return a.count != b.count ? a.count > b.count : a.signature.key < b.signature.key;
    });
    if (counts.size() > most_compared) counts.resize(most_compared);
    std::vector<Growing> growing;
    for (const auto& one : counts) {
        auto trigrams = trigrams_of(one.signature.key);
        auto numbers = numbers_of(one.signature.key);
        const auto near = std::find_if(growing.begin(), growing.end(), [&](const Growing& other) {
            return likeness(other.trigrams, trigrams) >= alike && other.numbers == numbers;
        });
        if (near != growing.end()) {
            near->take(one);
            continue;
        }
        growing.push_back({{.example = one.signature.shown}, std::move(trigrams), std::move(numbers), {}});
        growing.back().take(one);
    }
    std::stable_sort(growing.begin(), growing.end(),
                     [](const Growing& a, const Growing& b) { return a.group.count > b.group.count; });
    std::vector<MessageGroup> groups;
    for (auto& one : growing)
        if (one.voices.size() >= least_voices && groups.size() < most) groups.push_back(std::move(one.group));
    return groups;
}

}  // namespace outcry::analytics
