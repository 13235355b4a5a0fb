import type { EntryContent, EntryWhy } from '#proposals'
import { bureauName } from '../credit/bureau-name.ts'
import { sayPlace, sayStance } from '../credit/matrix/say-place.ts'
import type { Format } from '../format.ts'
import { oneLine } from './cut.ts'
import { disputeReason } from './dispute-reason.ts'
import { masterDataLine } from './party-entries.ts'
import type { CardContext } from './proposal-card.ts'
import { stepName } from './step-name.ts'

/** One line: the amount and day, the reason, how long, or what it was and is to be. */
export function summaryOf(content: EntryContent, { words, format }: CardContext): string {
  switch (content.kind) {
    case 'promise': {
      const amount = content.amount ? format.money(content.amount, content.currency ?? 'EUR') : ''
      return words.debtorCard.promise(amount, format.day(content.promisedOn))
    }
    case 'dispute':
      return disputeReason(content.reason, words)
    case 'dispute_move':
      return [words.disputes.move[content.move], content.move === 'resolved' && content.outcome && words.disputes.outcome[content.outcome]]
        .filter(Boolean)
        .join(' · ')
    case 'hold':
      return `${words.form.until}: ${format.day(content.until)}`
    case 'payment_claim':
      return content.until ? `${words.form.until}: ${format.day(content.until)}` : ''
    case 'payment_plan':
      return `${content.instalments.length} × · ${format.money(content.total, content.currency)}`
    case 'mail':
      return words.plans.mailTo(content.to.join(', '))
    case 'insurance_report':
      return [
        `${words.insurance.reportedOn} ${format.day(content.reportedOn)}`,
        oneLine(content.insurer, 40),
        content.reference && oneLine(content.reference, 60),
      ]
        .filter(Boolean)
        .join(' · ')
    case 'hand_over':
      return moneyList(content.open, format)
    case 'dunning':
      if (content.letter) return words.entries.letterTo(oneLine(content.letter.to[0] ?? '', 80))
      if (content.sms) return words.entries.smsTo(content.sms.to)
      return content.mail ? words.plans.mailTo(content.mail.to.join(', ')) : words.plans.asTask
    case 'follow_up':
      return content.mail ? words.plans.mailTo(content.mail.to.join(', ')) : words.plans.asTask
    case 'credit_limit': {
      const before = content.before ? format.money(content.before.amount, content.before.currency) : words.entries.noLimit
      return `${before} → ${format.money(content.amount, content.currency)}`
    }
    case 'workflow':
      return `${content.before === null ? words.entries.noWorkflow : oneLine(content.beforeTitle ?? content.before, 60)} → ${oneLine(content.title ?? content.workflow, 60)}`
    case 'master_data':
      return masterDataLine(content, { words, format })
    case 'group':
      return words.parties.together(content.debtorIds.length)
    default:
      return content satisfies never
  }
}

/** Why it was opened, as one sentence. */
export function whyText(why: EntryWhy, { words, format }: CardContext): string {
  const { entries: say } = words
  switch (why.code) {
    case 'over_advice': {
      const leftOut = why.leftOut.map(({ amount, currency }) => format.money(amount, currency)).join(' + ')
      const sentence = say.why.overAdvice(format.money(why.exposure, why.currency), format.money(why.advice, why.currency))
      return leftOut === '' ? sentence : `${sentence} ${say.why.leftOut(leftOut)}`
    }
    case 'advice_below_limit':
      return say.why.adviceBelowLimit(format.money(why.advice, why.currency), format.money(why.limit, why.currency))
    case 'bureau_report':
      return say.why.bureauReport(bureauName(why.bureau), format.day(why.toldOn))
    case 'beyond_insurance':
      return words.insurance.beyond
    case 'one_company':
      return say.why.oneCompany(oneLine(why.company, 80))
    case 'promise_not_kept': {
      const { kept, judged, percent } = why.record
      const open = moneyList(why.open, format)
      const sentence = (why.partly ? words.plans.why.promisePart : words.plans.why.promise)(format.day(why.promisedOn), format.day(why.waitedUntil), open)
      return `${sentence} ${capital(words.plans.record(String(kept), String(judged), String(percent)))}.`
    }
    case 'payment_not_seen':
      return (why.partly ? words.plans.why.claimPart : words.plans.why.claim)(format.day(why.waitedUntil), moneyList(why.open, format))
    case 'instalment_missed':
      return words.plans.why.instalment(format.money(why.amount, why.currency), format.day(why.dueOn))
    case 'dispute_decided': {
      const { decided } = words.disputes
      const money = (sum: { amount: string; currency: string }) => format.money(sum.amount, sum.currency)
      const credit = why.credit && decided.credit(money(why.credit))
      const due = why.due && decided.due(money(why.due), why.payBy ? format.day(why.payBy) : '')
      return [decided[why.outcome], credit, due].filter(Boolean).join(' ')
    }
    case 'dunning_step':
      return say.why.dunningStep(
        stepName({ name: why.step, title: why.title }, words),
        oneLine(why.workflow, 60),
        moneyList(why.open, format),
        String(why.daysLate),
      )
    case 'copy_found':
      return say.why.copyFound(why.invoices.join(', '))
    case 'stand_in':
      return why.until === null ? say.why.away(oneLine(why.absent, 80)) : say.why.awayUntil(oneLine(why.absent, 80), format.day(why.until))
    case 'alert':
      return say.why.alert
    case 'matrix':
      return words.matrix.entryWhy(sayPlace(why, words), sayStance(why.stance, words), format.money(why.exposure, why.currency))
    default:
      return why satisfies never
  }
}

const moneyList = (amounts: { amount: string; currency: string }[], format: Format): string =>
  amounts.map(({ amount, currency }) => format.money(amount, currency)).join(' + ')

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
