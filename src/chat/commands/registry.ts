import type { Credit } from '#credit'
import type { AssignmentRules, Workflows } from '#dunning'
import type { Calendars } from '#ledger'
import type { Payments } from '#payments'
import { may, type Right, type SessionRules, type Staff } from '#people'
import type { Clock, Db, DbClient } from '#platform'
import type { SettingsOutcome } from '#settings'
import type { ProposalsPort } from '../approvals/port.ts'
import { answerSentence } from '../assistant/answer-sentence.ts'
import type { AskModel } from '../assistant/ask-model.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import type { ClickOutcome } from '../click.ts'
import { mailCommand, moveCommand } from '../compose/click-mail.ts'
import { alertsAnswer } from '../credit/alerts-list.ts'
import { companyAnswer } from '../credit/answer-credit.ts'
import { gapsAnswer } from '../credit/answer-gaps.ts'
import { creditHelp, creditStatusAnswer, isCreditCommand } from '../credit/answer-status.ts'
import { findCompanyCommand } from '../credit/find-company.ts'
import { matrixAnswer } from '../credit/matrix/answer-matrix.ts'
import type { MatrixPort } from '../credit/matrix/port.ts'
import { tagCommand } from '../credit/matrix/tags.ts'
import { tipAnswer } from '../credit/tips.ts'
import { disputeCommand, disputesCommand } from '../disputes/dispute-list.ts'
import { groupCommand } from '../groups/click-group.ts'
import { payLinksCommand } from '../pay-links/pay-links.ts'
import { planCommand } from '../plans/click-plan.ts'
import { reassignCommand } from '../reassign/reassign.ts'
import { remindersCommand } from '../reminders/click-reminders.ts'
import type { ReportsPort } from '../reports/port.ts'
import { reportsCommand } from '../reports/reports-command.ts'
import { resultsCommand } from '../results/results-command.ts'
import type { Words } from '../words/index.ts'
import { actionsCommand } from './actions.ts'
import { tryAlertsCommand } from './alerts.ts'
import { autonomyCommand } from './autonomy.ts'
import { coverCommand } from './cover.ts'
import { debtorCommand, inboxCommand, oneDebtor } from './debtor.ts'
import { entriesAnswer, entryCommand } from './entry.ts'
import { filedAnswer } from './filed.ts'
import { findCommand } from './find.ts'
import { helpCommand } from './help.ts'
import { homeCommand, openPreferences } from './home.ts'
import { importsAnswer } from './imports.ts'
import { jobsAnswer, type RetryJob } from './jobs.ts'
import { learnedAnswer } from './learned.ts'
import { linkCommand } from './link.ts'
import { mailboxesAnswer } from './mailboxes.ts'
import { noteCommand } from './note.ts'
import { paymentsCommand } from './payments.ts'
import { reportCommand } from './report.ts'
import { riskCommand } from './risk.ts'
import { riskEntryCommand } from './risk-entry.ts'
import { type AcceptSegment, segmentsAnswer } from './segments.ts'
import { sessionsCommand } from './sessions.ts'
import { inviteCommand, staffCommand } from './staff.ts'
import { tasksCommand } from './tasks.ts'
import { toneCommand } from './tone.ts'
import { whyCommand } from './why.ts'

/** Puts into the settings whether anything is decided alone. */
export type SwitchAutonomy = (on: boolean, by: string) => Promise<SettingsOutcome>

export type Command = { staff: Staff; surface: string; text: string }

/** What chat asks of credit monitoring; its nights run by themselves. */
export type CreditPort = Omit<Credit, 'sync'>

export type CommandDeps = {
  client: DbClient
  clock: Clock
  proposals: Pick<
    ProposalsPort,
    | 'view'
    | 'enter'
    | 'enterAll'
    | 'draftMail'
    | 'composeMail'
    | 'moveConversation'
    | 'openEntry'
    | 'voteOnEntry'
    | 'readyEntries'
    | 'workToMove'
    | 'reassignWork'
    | 'takeBackReassignment'
    | 'settleEntryMail'
    | 'reopenFiled'
    | 'disputeTypes'
    | 'handDisputeOver'
    | 'endPaymentPlan'
    | 'usualInstalments'
    | 'autonomy'
    | 'decideGrant'
    | 'decidesAlone'
    | 'steps'
    | 'decideStepGrant'
  >
  context: CardContext
  /** Who asks, and alone sees the answer. */
  staff: Staff
  surface: string
  /** Where people reach the console. */
  publicUrl: string
  sessionRules: SessionRules
  /** ISO code; limits are in it. */
  reportingCurrency: () => string
  /** On which days people work, as the settings stand now. */
  calendars: () => Calendars
  /** The dunning workflows of the settings as they stand now. */
  workflows: () => Workflows
  /** Which debtors are on which, by rules; without it there are none. */
  assignment?: () => AssignmentRules
  /** Without it nobody can make a link to pay. */
  payLinks?: Pick<Payments, 'linkFor'>
  /** Without it nobody is monitored at a credit bureau. */
  credit?: CreditPort
  /** Without it the decision matrix can only be looked at. */
  matrix?: MatrixPort
  /** Without it, patterns read sentences. */
  askModel?: AskModel
  retryJob?: RetryJob
  acceptSegment?: AcceptSegment
  /** Stops what is done alone, or lets it go on, for somebody (`staff:3`); without it only the settings can. */
  switchAutonomy?: SwitchAutonomy
  /** Without it there are short figures only. */
  reports?: ReportsPort
  /** Has a run of reminders carried out, whatever becomes of this process; without it none are approved together. */
  startReminders?: (tx: Db, runId: number) => Promise<void>
}

/** One command: how it is typed, the right that it takes, and its answer, which only the asker sees. */
export type CommandEntry = {
  name: string
  usage: string
  help: (words: Words) => string
  right: Right
  run: (deps: CommandDeps, rest: string, staff: Staff) => Promise<ClickOutcome>
}

/** Every command, in the order in which help lists them. */
export const commands: readonly CommandEntry[] = [
  { name: '/debtor', usage: '/debtor <name | number | invoice>', help: words => words.command.helpDebtor, right: 'look_up', run: debtorCommand },
  { name: '/inbox', usage: '/inbox <debtor>', help: words => words.command.helpInbox, right: 'look_up', run: inboxCommand },
  { name: '/actions', usage: '/actions [mine | team | @name] [order]', help: words => words.command.helpActions, right: 'look_up', run: actionsCommand },
  { name: '/risk alerts', usage: '/risk alerts', help: words => words.alerts.listHelp, right: 'look_up', run: deps => alertsAnswer(deps, 0) },
  { name: '/risk', usage: '/risk [mine] [search | debtor]', help: words => words.risk.help, right: 'look_up', run: riskCommand },
  { name: '/duncan find', usage: '/duncan find <search>', help: words => words.command.helpFind, right: 'look_up', run: findCommand },
  {
    name: '/duncan company',
    usage: '/duncan company <debtor>',
    help: words => words.creditView.helpCompany,
    right: 'look_up',
    run: (deps, rest) => oneDebtor(deps, rest, 'credit.company', companyAnswer),
  },
  {
    name: '/duncan creditsafe status',
    usage: '/duncan creditsafe status',
    help: words => words.creditView.helpStatus,
    right: 'look_up',
    run: deps => creditStatusAnswer(deps),
  },
  { name: '/duncan matrix', usage: '/duncan matrix', help: words => words.matrix.help, right: 'look_up', run: deps => matrixAnswer(deps) },
  { name: '/duncan tag', usage: '/duncan tag <debtor> [tag]', help: words => words.matrix.helpTag, right: 'decide_risk', run: tagCommand },
  { name: '/duncan tips', usage: '/duncan tips', help: words => words.creditView.helpTips, right: 'look_up', run: deps => tipAnswer(deps, 0) },
  {
    name: '/duncan creditsafe gaps',
    usage: '/duncan creditsafe gaps',
    help: words => words.parties.helpGaps,
    right: 'look_up',
    run: deps => gapsAnswer(deps, { page: 0 }),
  },
  {
    name: '/duncan creditsafe find',
    usage: '/duncan creditsafe find <name | number> [country]',
    help: words => words.parties.helpFind,
    right: 'decide_risk',
    run: findCompanyCommand,
  },
  { name: '/duncan alerts', usage: '/duncan alerts [days]', help: words => words.alerts.tryHelp, right: 'configure', run: tryAlertsCommand },
  { name: '/duncan segments', usage: '/duncan segments', help: words => words.segments.help, right: 'look_up', run: deps => segmentsAnswer(deps) },
  { name: '/duncan payments', usage: '/duncan payments [invoice]', help: words => words.payments.help, right: 'look_up', run: paymentsCommand },
  { name: '/duncan paylink', usage: '/duncan paylink <debtor | invoice>', help: words => words.payLinks.help, right: 'decide', run: payLinksCommand },
  { name: '/duncan note', usage: '/duncan note <debtor>', help: words => words.notes.help, right: 'note', run: noteCommand },
  { name: '/duncan promise', usage: '/duncan promise <debtor>', help: words => words.entries.helpPromise, right: 'decide', run: entryCommand('promise') },
  { name: '/duncan dispute', usage: '/duncan dispute <debtor>', help: words => words.entries.helpDispute, right: 'decide', run: disputeCommand },
  {
    name: '/duncan disputes',
    usage: '/duncan disputes [mine | team] [late] | report [30 | 90 | 365]',
    help: words => words.disputes.helpList,
    right: 'look_up',
    run: disputesCommand,
  },
  { name: '/duncan filed', usage: '/duncan filed', help: words => words.filed.help, right: 'look_up', run: deps => filedAnswer(deps) },
  { name: '/duncan mail', usage: '/duncan mail <debtor>', help: words => words.compose.help, right: 'decide', run: mailCommand },
  { name: '/duncan move', usage: '/duncan move <debtor>', help: words => words.compose.helpMove, right: 'decide', run: moveCommand },
  { name: '/duncan tone', usage: '/duncan tone <debtor>', help: words => words.disputes.helpTone, right: 'decide', run: toneCommand },
  { name: '/duncan plan', usage: '/duncan plan <debtor>', help: words => words.plans.help, right: 'look_up', run: planCommand },
  { name: '/duncan group', usage: '/duncan group <debtor>', help: words => words.groups.help, right: 'look_up', run: groupCommand },
  { name: '/duncan hold', usage: '/duncan hold <debtor>', help: words => words.entries.helpHold, right: 'decide', run: entryCommand('hold') },
  {
    name: '/duncan insurance',
    usage: '/duncan insurance <debtor>',
    help: words => words.insurance.help,
    right: 'decide',
    run: entryCommand('insurance_report'),
  },
  {
    name: '/duncan limit',
    usage: '/duncan limit <debtor>',
    help: words => words.entries.helpLimit,
    right: 'decide_risk',
    run: riskEntryCommand('credit_limit'),
  },
  {
    name: '/duncan workflow',
    usage: '/duncan workflow <debtor>',
    help: words => words.entries.helpWorkflow,
    right: 'decide_risk',
    run: riskEntryCommand('workflow'),
  },
  {
    name: '/duncan reminders',
    usage: '/duncan reminders [mine | team | @name]',
    help: words => words.reminders.help,
    right: 'decide',
    run: remindersCommand,
  },
  { name: '/duncan entries', usage: '/duncan entries', help: words => words.entries.helpEntries, right: 'decide', run: deps => entriesAnswer(deps) },
  { name: '/duncan tasks', usage: '/duncan tasks [mine | team] [due]', help: words => words.tasks.help, right: 'look_up', run: tasksCommand },
  { name: '/duncan report', usage: '/duncan report [mine] [7 | 30 | 90]', help: words => words.report.help, right: 'look_up', run: reportCommand },
  {
    name: '/duncan reports',
    usage: '/duncan reports [<report> [for <search>] | schedule <report> <when> to <@names, addresses>]',
    help: words => words.reports.help,
    right: 'look_up',
    run: reportsCommand,
  },
  {
    name: '/duncan results',
    usage: '/duncan results [7 | 30 | 90] [steps] [segment | search] | tests',
    help: words => words.results.help,
    right: 'look_up',
    run: resultsCommand,
  },
  { name: '/duncan why', usage: '/duncan why <proposal | debtor>', help: words => words.why.help, right: 'look_up', run: whyCommand },
  {
    name: '/duncan cover',
    usage: '/duncan cover [@name until <day> | end] [from <day>] [for @name]',
    help: words => words.people.helpCover,
    right: 'decide',
    run: coverCommand,
  },
  {
    name: '/duncan reassign',
    usage: '/duncan reassign @name to @name [search]',
    help: words => words.reassign.help,
    right: 'configure',
    run: reassignCommand,
  },
  { name: '/duncan staff invite', usage: '/duncan staff invite @name', help: words => words.people.helpInvite, right: 'connect', run: inviteCommand },
  { name: '/duncan staff', usage: '/duncan staff [name]', help: words => words.people.helpStaff, right: 'configure', run: staffCommand },
  { name: '/duncan home', usage: '/duncan home', help: words => words.home.help, right: 'look_up', run: homeCommand },
  {
    name: '/duncan settings',
    usage: '/duncan settings',
    help: words => words.state.helpSettings,
    right: 'look_up',
    run: (deps, _rest, staff) => openPreferences(deps, staff),
  },
  { name: '/duncan mailboxes', usage: '/duncan mailboxes', help: words => words.state.helpMailboxes, right: 'look_up', run: deps => mailboxesAnswer(deps) },
  { name: '/duncan import', usage: '/duncan import', help: words => words.state.helpImport, right: 'look_up', run: deps => importsAnswer(deps) },
  { name: '/duncan autonomy', usage: '/duncan autonomy [week|stop|go]', help: words => words.state.helpAutonomy, right: 'look_up', run: autonomyCommand },
  { name: '/duncan learned', usage: '/duncan learned', help: words => words.autonomy.learned.help, right: 'look_up', run: deps => learnedAnswer(deps) },
  { name: '/duncan link', usage: '/duncan link', help: words => words.platforms.helpLink, right: 'look_up', run: linkCommand },
  { name: '/duncan jobs', usage: '/duncan jobs', help: words => words.people.helpJobs, right: 'connect', run: deps => jobsAnswer(deps) },
  { name: '/duncan sessions', usage: '/duncan sessions [@name]', help: words => words.people.helpSessions, right: 'look_up', run: sessionsCommand },
  {
    name: '/duncan help',
    usage: '/duncan help [creditsafe]',
    help: words => words.command.helpHelp,
    right: 'look_up',
    run: async ({ context, staff }, topic) =>
      /^credit(safe)?$/i.test(topic) ? creditHelp(context, theirs(staff).filter(isCreditCommand)) : helpFor(staff, context),
  },
]

/** Runs what somebody typed. A command that is not known, or not theirs, is answered with words, never with silence. */
export async function runCommand(deps: CommandDeps, { staff, text }: Command): Promise<ClickOutcome> {
  const { words } = deps.context
  const typed = text.trim().replaceAll(/\s+/g, ' ')
  const command = commandOf(typed)
  if (!command) return typed.startsWith('/') || typed === '' ? unknownCommand(deps, typed) : runSentence(deps, { staff, text: typed })
  if (!may(staff, command.right)) return { kind: 'refused', message: words.outcome.notAllowed }
  return command.run(deps, typed.slice(command.name.length).trim(), staff)
}

const commandOf = (typed: string): CommandEntry | undefined =>
  commands.find(({ name }) => typed.toLowerCase() === name || typed.toLowerCase().startsWith(`${name} `))

/** What was typed without a slash: a sentence, or a command all the same. */
async function runSentence(deps: CommandDeps, { staff, text }: Pick<Command, 'staff' | 'text'>): Promise<ClickOutcome> {
  const run = (command: string) => runCommand(deps, { staff, text: command, surface: deps.surface })
  const slashed = [`/${text}`, `/duncan ${text}`].find(command => commandOf(command))
  const answer = await answerSentence(deps, text, slashed, run)
  return answer ?? helpFor(staff, deps.context, deps.context.words.assistant.unclear(oneLine(text, 80)))
}

/** The commands that are this person's to type. */
const helpFor = (staff: Staff, context: CardContext, problem?: string): ClickOutcome => helpCommand(theirs(staff), context, problem)

const theirs = (staff: Staff): CommandEntry[] => commands.filter(({ right }) => may(staff, right))

function unknownCommand({ context, staff }: CommandDeps, typed: string): ClickOutcome {
  if (typed === '' || typed.toLowerCase() === '/duncan') return helpFor(staff, context)
  const words = typed.toLowerCase().startsWith('/duncan ') ? 2 : 1
  const name = typed.split(' ').slice(0, words).join(' ')
  return helpFor(staff, context, context.words.command.unknown(name.slice(0, 60)))
}
