/** What Slack sends, as far as it says whose it is. */
export type Sent = {
  team_id?: string
  team?: { id?: string } | null
  user?: { team_id?: string }
  event?: { type?: string; user_team?: string; team?: string; source_team?: string }
}

/** Who reads a conversation matters most when it is a stranger who joined it. */
const ofStrangersToo = new Set(['member_joined_channel', 'member_left_channel'])

/** Whether something comes from the one workspace, and from one of its own members: in a shared channel others' members are strangers. */
export function isOurs({ team_id, team, user, event }: Sent, own: string): boolean {
  const authors = ofStrangersToo.has(event?.type ?? '') ? [] : [event?.user_team, event?.team, event?.source_team]
  const said = [team_id ?? team?.id, user?.team_id, ...authors]
  return said.includes(own) && said.every(id => id === undefined || id === own)
}
