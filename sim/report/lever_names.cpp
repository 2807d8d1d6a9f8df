#include "sim/report/lever_names.hpp"

namespace steppe::report_detail {

LeverName name_of(const LeverTimeline& lever, const Dimensions& dimensions) {
  LeverName name;
  name.lever = lever.decl->name;
  name.summary = lever.decl->summary;
  set_keys(name, *lever.decl, lever_key_text(*lever.decl, lever.key, dimensions));
  return name;
}

void set_keys(LeverName& name, const LeverDecl& decl, const std::string& text) {
  if (text.empty()) return;
  const std::size_t dot = text.find('.', 1);
  const std::string first = text.substr(1, dot == std::string::npos ? dot : dot - 1);
  if (first != "*") name.key = {decl.by, first};
  if (dot != std::string::npos) name.also = {decl.then, text.substr(dot + 1)};
}

std::string lever_path(const LeverName& lever) {
  const bool one = lever.key.first != Dim::None;
  const bool two = lever.also.first != Dim::None;
  std::string out = lever.lever;
  if (one || two) out += '.' + (one ? lever.key.second : std::string("*"));
  if (two) out += '.' + lever.also.second;
  return out;
}

}  // namespace steppe::report_detail
