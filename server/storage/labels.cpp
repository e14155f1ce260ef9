// server/storage/labels.cpp: labels, row by row.
#include "server/storage/labels.hpp"

#include "queries.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {

std::vector<AlertLabel> load_labels(Transaction& tx, ServiceId service, Minute from, Minute to) {
    std::vector<AlertLabel> labels;
    for (const auto& row : tx.exec(sql::load_labels, service, seconds(from), seconds(to)))
        labels.push_back({.began = minute_from(row[0]),
                          .ended = minute_from(row[1]),
                          .real = row[2].as<bool>(),
                          .by_whom = text_from(row[3]),
                          .made = time_from(row[4])});
    return labels;
}

void put_label(Transaction& tx, ServiceId service, const AlertLabel& label) {
    drop_labels(tx, service, label.began, label.ended);
    tx.exec(sql::put_label, service, seconds(label.began), seconds(label.ended), label.real, label.by_whom,
            millis(label.made));
}

void drop_labels(Transaction& tx, ServiceId service, Minute from, Minute to) {
    tx.exec(sql::drop_labels, service, seconds(from), seconds(to));
}

}  // namespace outcry::storage
