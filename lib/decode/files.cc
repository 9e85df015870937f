#include "decode/files.h"

#include "base/stage.h"
#include "decode/decoder.h"
#include "decode/tables.h"

namespace stepreg::decode {

void decode_config(yaml::Document& document, Sink& sink, Config& config) {
  const StageMark mark(Stage::decode);
  Decoder(document, Strictness::lenient, sink).read_root(config);
}

void decode_profiles(yaml::Document& document, Sink& sink, ClusterProfiles& profiles) {
  Decoder decoder(document, Strictness::silent, sink);
  if (document.empty()) return;
  if (decoder.kind_of(document.root()) == yaml::Node::Kind::sequence) {
    decoder.note_old_form(document.place(document.root()),
                          "the profiles are a list; today they stand under `cluster_profiles`");
    profiles.closed = false;
    decoder.read(document.root(), profiles.profiles);
    return;
  }
  decoder.read_root(profiles);
}

void decode_claims(yaml::Document& document, Sink& sink, ObjectList<ClaimOwners>& claims) {
  if (document.empty()) return;
  Decoder(document, Strictness::silent, sink).read(document.root(), claims);
}

}  // namespace stepreg::decode
