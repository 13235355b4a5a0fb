import { createAskModel, createChat } from '#chat'
import { type Credit, changeCell, creditKind, placeDebtor, planCell } from '#credit'
import { bulkRun, readPlacing, remindersRun } from '#flows'
import type { Payments } from '#payments'
import { retryDeadJob } from '#platform'
import { type Proposals, proposalChanged, switchAutonomy } from '#proposals'
import type { Reports } from '#reports'
import { acceptSegment } from '#search'
import type { Ground } from './ground.ts'

type Parts = { proposals: Proposals; payments: Payments; reports: Reports; credit: Credit }

/** The cards, commands and buttons, alike on every surface. */
export function openChat(ground: Ground, { proposals, payments, reports, credit }: Parts) {
  const { client, clock, log, config, queue, settings, current } = ground
  const askModel = createAskModel(config, { client, clock, log })
  return createChat({
    client,
    clock,
    proposals,
    reports,
    language: config.DUNCAN_CHAT_LANGUAGE,
    timeZone: ground.timeZone,
    publicUrl: ground.publicUrl,
    sessionRules: config,
    payLinks: payments,
    credit,
    reportingCurrency: () => current.rules().reporting.reporting,
    calendars: () => current.rules().calendars,
    workflows: () => current.rules().workflows,
    assignment: current.assignment,
    bulks: {
      from: () => current.chat().bulk.from,
      startRun: (tx, runId) => queue.send(tx, bulkRun, { runId }),
      redraw: (tx, ids) =>
        queue.sendMany(
          tx,
          proposalChanged,
          ids.map(proposalId => ({ proposalId })),
        ),
    },
    startReminders: (tx, runId) => queue.send(tx, remindersRun, { runId }),
    ...(askModel && { askModel: async sentence => (current.modules().languageModel ? askModel(sentence) : undefined) }),
    retryJob: (job, by) => retryDeadJob({ client, queue, kinds: ground.jobKinds }, job, by),
    acceptSegment: (segment, by) => acceptSegment({ client, settings }, segment, by),
    switchAutonomy: (on, by) => switchAutonomy({ client, settings }, on, by),
    matrix: {
      isOn: async () => (await settings.read(creditKind)).on,
      place: async debtorId => placeDebtor(await readPlacing(ground), debtorId),
      planCell: change => planCell({ client, settings }, change),
      changeCell: (change, by, base) => changeCell({ client, settings }, change, by, base),
    },
  })
}
