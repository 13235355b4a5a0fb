/** What is said on chat platforms beside what every surface says, in English. */
export const platformsEn = {
  working: 'Working…',
  loading: 'One moment…',
  share: 'Share',
  choose: 'Choose',
  cancel: 'Cancel',
  close: 'Close',
  moreInThread: (messages: number) => (messages === 1 ? 'The rest is in the thread' : `The rest is in the thread, in ${messages} messages`),
  moreBelow: 'The rest is below',
  continued: (part: number, parts: number) => `Continued, ${part} of ${parts}`,
  shortened: 'This is shortened. The whole of it is in the console.',
  part: (label: string, part: number, parts: number) => `${label} (${part} of ${parts})`,
  notLinked: 'Duncan does not know yet who you are. Ask the console for a code, then type: /duncan link <code>',
  linkUsage: 'Type the code that the console gave you: /duncan link <code>',
  foreign: 'Duncan only works for members of the workspace that it belongs to.',
  tooLateToOpen: 'The form could not be opened in time. Press the button once more.',
  failed: 'That went wrong, and nothing is lost. Try once more; if it goes on, tell an administrator.',
  nothingHere: 'There is nothing of Duncan’s in this message.',
  linkTitle: 'Link to a debtor',
  linkQuery: 'Name, debtor number or invoice number',
  search: 'Search',
}

export type PlatformsWords = typeof platformsEn
