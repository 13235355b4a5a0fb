import type { Sentences } from '../read-sentence.ts'

/** What people ask in English. */
export const sentencesEn: Sentences = {
  polite: /^(?:hi|hello|hey|good morning|duncan|please|can you|could you|tell me|show me|show|give me|i want to know|do you know)\b[\s,:]*/iu,
  thanks: /[\s,]+(?:please|thanks|thank you|today|now)$/iu,
  debtor: [
    /^(?:how much|what) (?:(?:do|does|did) )?(.+?) (?:still )?owes?(?: us)?$/iu,
    /^what(?:['’]s| is| are)? (?:still )?(?:open|outstanding|overdue|due|unpaid) (?:at|for|from|with|by|of) (.+)$/iu,
    /^(?:the )?(?:balance|status|state|situation|account|card|overview) (?:of|for) (.+)$/iu,
    /^(?:how is|how are|tell me about|about|what about|who is) (.+?)(?: doing)?$/iu,
    /^(?:has|have|did) (.+?) (?:already )?(?:paid|pay)(?: us| yet)*$/iu,
    /^when (?:does|do|will|did) (.+?) pay(?: us)?$/iu,
  ],
  inbox: [
    /^(?:the )?(?:last |latest |newest )?(?:mails?|e-?mails?|messages|inbox) (?:of|from|with|for) (.+)$/iu,
    /^what did (.+?) (?:write|say|send)(?: us)?$/iu,
  ],
  mine: [
    /^what(?:['’]s| is)? (?:waits|waiting|open) (?:for|on) me$/iu,
    /^what (?:should|must|can|do) i (?:have to )?do(?: next)?$/iu,
    /^my (?:list|queue|tasks|actions|work)$/iu,
  ],
  team: [/^what(?:['’]s| is)? (?:waits|waiting)(?: (?:for|on) (?:us|the team|a decision|decision))?$/iu, /^(?:the )?(?:team['’]?s? )?(?:list|queue)$/iu],
  cover: [/^who(?:['’]s| is) (?:away|absent|on holiday|off|sick|covering .+)$/iu, /^who (?:covers|replaces|stands in for) .+$/iu],
  risk: [/^(?:the )?(?:risks?|portfolio risk)$/iu, /^what(?:['’]s| is)? at risk$/iu, /^where (?:is|are) (?:the|our) risks?$/iu],
  riskOf: [/^(?:the )?risk (?:of|for|at) (.+)$/iu, /^how risky is (.+)$/iu, /^is (.+?) (?:a risk|risky)$/iu],
  report: [/^(?:the |our |my )?(?:report|figures|numbers|kpis?)$/iu, /^how are we doing$/iu],
  tasks: [/^(?:the |my )?(?:open )?(?:tasks|calls)(?: (?:for )?today)?$/iu, /^whom (?:do|must|should) i call$/iu, /^who(?:m)? to call$/iu],
  promise: [/^(?:register|note|enter|add) (?:a |the )?promise (?:of|from|by|for) (.+)$/iu, /^(.+?) (?:has )?promised to pay$/iu],
  dispute: [/^(?:open|register|enter|add) (?:a |the )?dispute (?:of|from|by|for|with) (.+)$/iu, /^(.+?) disputes (?:an invoice|the invoice)$/iu],
  hold: [/^(?:hold|stop|pause) (?:the )?(?:reminders|dunning) (?:for|to|of|on) (.+)$/iu, /^do not remind (.+)$/iu],
  why: [/^why (?:did you propose |proposal |number )?#?(\d{1,9})$/iu],
  home: [/^(?:my )?(?:settings|preferences|page|home)$/iu],
  help: [/^what (?:can|do) you (?:do|know)$/iu, /^how does (?:this|it) work$/iu],
  change: [/^(?:approve|reject|decide|send|reply|answer|undo|snooze|pay|hold|dispute)\b/iu],
}
