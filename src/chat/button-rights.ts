import { may, type Person, type Right } from '#people'
import type { Card, CardButton, CardElement } from './card.ts'

/** Every button that a card can carry, and the right that pressing it takes. A button that is not here does nothing. */
export const buttonRights = {
  'proposal.approve': 'decide',
  'proposal.second_vote': 'second_vote',
  'proposal.edit': 'decide',
  'proposal.approve_edited': 'decide',
  'proposal.save_edited': 'decide',
  'proposal.reject': 'decide',
  'proposal.reject_for': 'decide',
  'proposal.snooze': 'decide',
  'proposal.snooze_until': 'decide',
  'proposal.reassign': 'decide',
  'proposal.reassign_to': 'decide',
  'proposal.link': 'decide',
  'proposal.link_to': 'decide',
  'proposal.undo': 'decide',
  'action.lift': 'decide',
  'action.undo': 'decide',
  'action.it_left': 'decide',
  'action.send_again': 'decide',
  'action.give_up': 'decide',
  'payment.allocate': 'decide',
  'payment.pay_invoices': 'decide',
  'payment.leave': 'decide',
  'payment.not_ours': 'decide',
  'payment.returned': 'decide',
  'payment.take_back': 'decide',
  'payment.same': 'decide',
  'payment.another': 'decide',
  'payment.second_vote': 'second_vote',
  'payment.withdraw': 'decide',
  'payment.show': 'look_up',
  'bulk.review': 'decide',
  'bulk.confirm': 'decide',
  'bulk.approve': 'decide',
  'bulk.separate': 'decide',
  'bulk.show': 'look_up',
  'autonomy.show': 'look_up',
  'autonomy.week': 'look_up',
  'autonomy.grant': 'set_autonomy',
  'autonomy.revoke': 'set_autonomy',
  'autonomy.wrong': 'decide',
  'correction.list': 'look_up',
  'correction.forget': 'decide',
  'proposal.why': 'look_up',
  'proposal.show': 'look_up',
  'actions.show': 'look_up',
  'actions.next': 'look_up',
  'debtor.show': 'look_up',
  'debtor.inbox': 'look_up',
  'dispute.show': 'look_up',
  'dispute.list': 'look_up',
  'dispute.report': 'look_up',
  'dispute.resolve': 'decide',
  'dispute.reject': 'decide',
  'dispute.credit': 'decide',
  'dispute.reopen': 'decide',
  'dispute.move': 'decide',
  'dispute.hand_over': 'decide',
  'dispute.hand_over_to': 'decide',
  'plan.show': 'look_up',
  'plan.agree': 'decide',
  'plan.save': 'decide',
  'plan.end': 'decide',
  'filed.show': 'look_up',
  'filed.reopen': 'decide',
  'mail.open': 'decide',
  'mail.send': 'decide',
  'mail.list': 'decide',
  'mail.move': 'decide',
  'mail.move_to': 'decide',
  'mail.move_away': 'decide',
  'tone.open': 'decide',
  'tone.save': 'decide',
  'session.end': 'look_up',
  'jobs.show': 'connect',
  'job.retry': 'connect',
  'debtor.pick': 'look_up',
  'debtor.why': 'look_up',
  'note.open': 'note',
  'note.save': 'note',
  'entry.promise': 'decide',
  'entry.dispute': 'decide',
  'entry.hold': 'decide',
  'entry.save': 'decide',
  'entry.show': 'look_up',
  'entry.list': 'look_up',
  'entry.second_vote': 'second_vote',
  'entry.withdraw': 'decide',
  'entry.undo': 'decide',
  'entry.approve': 'decide',
  'entry.edit': 'decide',
  'entry.approve_edited': 'decide',
  'entry.reject': 'decide',
  // The same on what only some decide.
  'entry.credit_limit': 'decide_risk',
  'entry.workflow': 'decide_risk',
  'entry.save_risk': 'decide_risk',
  'entry.approve_risk': 'decide_risk',
  'entry.edit_risk': 'decide_risk',
  'entry.reject_risk': 'decide_risk',
  'entry.withdraw_risk': 'decide_risk',
  'entry.undo_risk': 'decide_risk',
  'alert.show': 'look_up',
  'alert.list': 'look_up',
  'alert.acknowledge': 'decide_risk',
  'alert.snooze': 'decide_risk',
  'alert.limit': 'decide_risk',
  'alert.workflow': 'decide_risk',
  'alert.propose': 'decide_risk',
  'credit.history': 'look_up',
  'credit.company': 'look_up',
  'credit.status': 'look_up',
  'tip.show': 'look_up',
  'risk.show': 'look_up',
  'risk.debtor': 'look_up',
  'review.show': 'look_up',
  'review.choose': 'decide_risk',
  'review.none': 'decide_risk',
  'review.reopen': 'decide_risk',
  'review.search': 'decide_risk',
  'review.find': 'decide_risk',
  'gaps.show': 'look_up',
  'gap.fix': 'decide',
  'gap.correct': 'decide',
  'monitor.on': 'decide_risk',
  'monitor.off': 'decide_risk',
  'monitor.all': 'decide_risk',
  'monitor.confirm': 'decide_risk',
  'party.open': 'decide_risk',
  'party.create': 'decide_risk',
  'party.link': 'decide_risk',
  'matrix.show': 'look_up',
  'matrix.cell': 'look_up',
  'matrix.edit': 'configure',
  'matrix.preview': 'configure',
  'matrix.apply': 'configure',
  'score.show': 'look_up',
  'tag.open': 'decide_risk',
  'tag.save': 'decide_risk',
  'report.show': 'look_up',
  'task.list': 'look_up',
  'task.show': 'look_up',
  'task.done': 'task',
  'task.no_answer': 'task',
  'find.show': 'look_up',
  'segment.suggest': 'configure',
  'segment.accept': 'configure',
  'home.settings': 'look_up',
  'home.save': 'look_up',
  'home.tiles': 'look_up',
  'home.tiles_save': 'look_up',
} as const satisfies Record<string, Right>

export type ButtonAction = keyof typeof buttonRights

export const isButtonAction = (action: string): action is ButtonAction => Object.hasOwn(buttonRights, action)

/** The card as this person may use it: buttons of others' rights are gone, and so are ticks that nobody could send. */
export function cardFor(person: Person, card: Card): Card {
  const allowed = ({ action }: CardButton) => isButtonAction(action) && may(person, buttonRights[action])
  const decides = [...card.buttons, ...card.more].some(
    button => allowed(button) && button.action !== 'proposal.why' && buttonRights[button.action as ButtonAction] === 'decide',
  )
  const elements = card.elements.flatMap((element): CardElement[] => {
    if (element.type === 'pick') return allowed(element.button) ? [element] : []
    if (element.type !== 'field' || decides) return [element]
    return [{ type: 'text', text: `– ${element.field.label}`, tone: 'neutral', weight: 'normal' }]
  })
  return { ...card, elements, buttons: card.buttons.filter(allowed), more: card.more.filter(allowed) }
}

const formsOf = ['proposal.edit', 'proposal.reject', 'proposal.snooze', 'proposal.reassign', 'proposal.link', 'action.lift', 'home.settings', 'bulk.review']
const entryForms = [
  'entry.promise',
  'entry.dispute',
  'entry.hold',
  'entry.edit',
  'entry.edit_risk',
  'entry.credit_limit',
  'entry.workflow',
  'alert.limit',
  'alert.workflow',
]
const opening = new Set([...formsOf, ...entryForms, 'note.open', 'home.tiles', 'matrix.edit', 'tag.open'])

const disputeForms = ['plan.agree', 'dispute.resolve', 'dispute.reject', 'dispute.credit', 'dispute.reopen', 'dispute.hand_over', 'tone.open']
const mailForms = ['mail.open', 'mail.move']
const partyForms = new Set([...disputeForms, ...mailForms, 'review.search', 'gap.fix', 'monitor.all', 'party.open'])

/** Whether the answer to a button is a form. */
export const opensForm = (action: string): boolean => opening.has(action) || partyForms.has(action)

/** Whether pressing a button decides something, without a form in between. */
export const decides = (action: string): boolean => isButtonAction(action) && ['decide', 'second_vote'].includes(buttonRights[action]) && !opensForm(action)
