import { insuranceOf } from '#credit'
import { listStaff, may, sightOf } from '#people'
import { whoSees } from '#proposals'
import { lookUp } from '#search'
import type { Click, ClickOutcome } from '../click.ts'
import { editForm } from '../forms/edit-form.ts'
import { liftForm, linkForm, reassignForm, rejectForm, snoozeForm } from '../forms/small-forms.ts'
import { extensionLimit } from '../insurance/insurance-line.ts'
import { type DecideDeps, shownProposal } from './decide.ts'
import { editChoices } from './edit-choices.ts'

/** Opens the form that a button asks for; nothing is decided yet. */
export async function openForm(deps: DecideDeps, click: Click): Promise<ClickOutcome> {
  const { client, clock, context } = deps
  const view = await shownProposal(deps, click)
  if ('kind' in view) return view
  switch (click.action) {
    case 'proposal.edit': {
      const insurance = view.debtor ? await insuranceOf(client, clock.today(context.format.timeZone), view.debtor.id) : undefined
      const choices = { ...(await editChoices(deps, view)), extension: extensionLimit(insurance, context) }
      return { kind: 'form', card: editForm(view, choices, click.values, context) }
    }
    case 'proposal.reject':
      return { kind: 'form', card: rejectForm(view, context) }
    case 'proposal.snooze':
      return { kind: 'form', card: snoozeForm(view, clock.today(context.format.timeZone).add({ days: 1 }).toString(), context) }
    case 'action.lift':
      return { kind: 'form', card: liftForm(view, click.data.action ?? '', context) }
    case 'proposal.reassign': {
      const staff = await listStaff(client)
      const sees = await whoSees(client, staff, [view.id])
      return {
        kind: 'form',
        card: reassignForm(
          view,
          staff.filter(person => may(person, 'decide') && sees(person, view.id)),
          context,
        ),
      }
    }
    default: {
      const query = click.values.query?.trim() ?? ''
      return { kind: 'form', card: linkForm(view, query, query === '' ? undefined : (await lookUp(client, sightOf(click.staff), query)).hits, context) }
    }
  }
}
