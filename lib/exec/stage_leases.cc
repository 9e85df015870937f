#include <algorithm>

#include "base/fs.h"
#include "base/text.h"
#include "exec/stages.h"
#include "exec/step_json.h"
#include "exec/wording.h"

namespace stepreg::exec {

namespace {

constexpr std::chrono::minutes kWaitNotice{1};  // M062

LeaseOwner owner_of(const Context& context) {
  return {context.record.id, self_identity()};
}

void give_back(Context& context, const std::vector<HeldLease>& held) {
  for (auto lease = held.rbegin(); lease != held.rend(); ++lease) {
    const auto released = release_lease(context.root.leases(), *lease, context.record.id);
    if (!released) context.warn(released.error().text);
    context.journal->lease_released(*lease, released ? "" : released.error().text);
  }
}

void fail(Context& context, Cause cause, const std::string& text) {
  context.add_cause(cause, "", "", text);
  context.block(Cause::no_lease, text, true);
}

// Waits a little; false when the waiting must end.
bool wait_on(Context& context, const LeaseAcquisition& acquisition, TimePoint limit,
             TimePoint& next_notice) {
  const TimePoint now = Clock::now();
  if (now >= next_notice) {
    next_notice = now + kWaitNotice;
    context.status.set("SCHEDULED", acquisition.waiting_for());
    Event event{.type = "lease_wait"};
    event.text = "waiting for leases: " + acquisition.waiting_for();
    context.tell(event);
  }
  if (now >= limit) {
    fail(context, Cause::no_lease,
         "no lease within " + short_seconds(context.plan.job.lease_timeout.seconds.value_or(0)) +
             " (" + context.plan.job.lease_timeout.rule + "): " + acquisition.waiting_for());
    return false;
  }
  context.loop.turn(std::min(limit, now + kLeasePoll));
  return true;
}

LeaseReport& report_of(Context& context, const HeldLease& lease, double waited_s) {
  for (LeaseReport& report : context.record.leases) {
    if (report.env == lease.env) return report;
  }
  const std::size_t order = context.record.leases.size();
  context.record.leases.push_back({lease.type, lease.env, {}, order, wall_now(), waited_s, {}, ""});
  return context.record.leases.back();
}

}  // namespace

void note_held(Context& context, const std::vector<HeldLease>& held, double waited_s) {
  for (const HeldLease& lease : held) {
    context.held.push_back(lease);
    report_of(context, lease, waited_s).names.push_back(lease.name);
  }
  write_held(context);
}

void write_held(Context& context) {
  Json out = {{"format", "steprun.held"}, {"version", "1.0"}, {"run", context.record.id}};
  out["leases"] = Json::array();
  for (const HeldLease& lease : context.held) {
    out["leases"].push_back({{"type", lease.type}, {"name", lease.name}, {"env", lease.env}});
  }
  context.write_report(context.dir.leases(), document_text(out), Flush::no);
}

void acquire_leases(Context& context) {
  context.enter(RunStage::leases);
  if (context.plan.leases.empty()) return;
  LeaseAcquisition acquisition(context.root.leases(), context.plan.machine.lease_pools,
                               context.plan.leases, owner_of(context),
                               context.plan.machine.lease_ttl);
  const TimePoint start = Clock::now();
  const TimePoint limit = after(start, context.plan.job.lease_timeout.seconds);
  TimePoint next_notice = start;
  std::string intended;
  while (true) {
    if (const std::string type = acquisition.next_type(); type != intended) {
      context.journal->lease_intent(intended = type);
    }
    const LeaseProgress progress = acquisition.advance();
    if (progress == LeaseProgress::done) break;
    if (progress == LeaseProgress::failed) {
      fail(context, Cause::lease_error, acquisition.error().text);
    } else if (wait_on(context, acquisition, limit, next_notice) && !context.aborted()) {
      continue;
    }
    if (context.aborted()) context.block(Cause::aborted_signal, "aborted by a signal", true);
    give_back(context, acquisition.held());
    return;
  }
  const double waited = seconds_between(start, Clock::now());
  context.journal->leases_held(acquisition.held(), waited);
  context.record.debt = true;
  note_held(context, acquisition.held(), waited);
  context.status.set("SCHED_STARTUP", counted(context.held.size(), "lease") + " held");
  Event event{.type = "leases_held"};
  for (const HeldLease& lease : context.held) {
    event.text += (event.text.empty() ? "" : " ") + lease.env + "=" + lease.name;
  }
  context.tell(event);
}

void keep_leases(Context& context) {
  if (context.held.empty()) return;
  const double interval = context.options.settings.heartbeat_s;
  auto next = std::make_shared<TimePoint>(after(Clock::now(), interval));
  context.loop.add_ticker([&context, next, interval](TimePoint now) {
    if (context.held.empty()) return kNever;
    if (now < *next) return *next;
    *next = after(now, interval);
    const auto lost = heartbeat_leases(context.root.leases(), context.held, owner_of(context));
    if (!lost.empty() && !context.lease_lost) {
      context.lease_lost = true;
      context.add_cause(Cause::lease_lost, "", "",
                        "lease " + in_quotes(lost.front().name) + " of type " +
                            in_quotes(lost.front().type) + " is not ours any more");
    }
    return *next;
  });
}

}  // namespace stepreg::exec
