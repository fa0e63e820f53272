#pragma once

#include <string>
#include <string_view>

#include "mathtool/data/read_options.hpp"
#include "record_scanner.hpp"
#include "text_dialect.hpp"

namespace mathtool::data {

/// How the first rows of a table divide into records and fields, where `options` leave it open.
/// Files named .tsv or .tab prefer tabs.
TextDialect detect_dialect(std::string_view start, TextEnd end, const ReadOptions& options,
                           const std::string& name);

}  // namespace mathtool::data
