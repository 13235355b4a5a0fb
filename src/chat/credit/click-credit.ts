import { type Click, type ClickOutcome, idOf } from '../click.ts'
import { type CommandDeps } from '../commands/registry.ts'
import { debtorRiskAnswer, riskAnswer } from '../commands/risk.ts'
import { openOption, proposeOption } from './alert-options.ts'
import { alertsAnswer } from './alerts-list.ts'
import { alertAnswer, companyAnswer, creditHistoryAnswer, settleAlert } from './answer-credit.ts'
import { creditStatusAnswer } from './answer-status.ts'
import { tipAnswer } from './tips.ts'

const actions = [
  'risk.show',
  'alert.show',
  'alert.list',
  'alert.acknowledge',
  'alert.snooze',
  'alert.limit',
  'alert.workflow',
  'alert.propose',
  'credit.history',
  'credit.company',
  'credit.status',
  'tip.show',
  'risk.debtor',
] as const
/** The buttons of risk lists, credit alerts and what a bureau says. */
type CreditAction = (typeof actions)[number]

export const isCreditAction = (action: string): action is CreditAction => actions.some(known => known === action)

/** Answers a button about credit risk. `redraw`: draws the card of an alert anew. */
export async function clickCredit(
  deps: CommandDeps,
  redraw: (alertId: number) => Promise<unknown>,
  pressed: Click & { action: CreditAction },
): Promise<ClickOutcome> {
  const { action, data } = pressed
  switch (action) {
    case 'risk.show':
      return riskAnswer(deps, {
        whose: data.whose === 'mine' ? 'mine' : 'team',
        query: data.query ?? '',
        page: idOf(data.page),
      })
    case 'alert.show':
      return alertAnswer(deps, idOf(data.alert), data.debtor === undefined ? undefined : idOf(data.debtor))
    case 'alert.list':
      return alertsAnswer(deps, idOf(data.page))
    case 'alert.acknowledge':
      return settleAlert(deps, redraw, 'acknowledge', idOf(data.alert))
    case 'alert.snooze':
      return settleAlert(deps, redraw, 'snooze', idOf(data.alert))
    case 'alert.limit':
    case 'alert.workflow': {
      const option = pressed.action === 'alert.limit' ? 'credit_limit' : 'workflow'
      return openOption(deps, option, { alertId: idOf(data.alert), debtorId: idOf(data.debtor) })
    }
    case 'alert.propose':
      return proposeOption(deps, redraw, pressed)
    case 'credit.history':
      return creditHistoryAnswer(deps, {
        debtorId: idOf(data.debtor),
        criterion: data.criterion,
        page: idOf(data.page),
      })
    case 'credit.company':
      return companyAnswer(deps, idOf(data.debtor))
    case 'credit.status':
      return creditStatusAnswer(deps)
    case 'tip.show':
      return tipAnswer(deps, idOf(data.place))
    case 'risk.debtor':
      return debtorRiskAnswer(deps, idOf(data.debtor))
    default:
      return action satisfies never
  }
}
