#pragma once

#include <stdexcept>

// A key or a type that a test expects in vain fails that test; without this, the library has
// undefined behaviour in Release. It stands first in the precompiled header, so all tests read JSON
// this way.
#define JSON_ASSERT(holds) ((holds) ? void() : throw std::logic_error("JSON: " #holds))

#include <nlohmann/json.hpp>
