/** What is said on chat platforms beside what every surface says, in English. */
export const platformsEn = {
  working: 'Working…',
  loading: 'One moment…',
  sharedBy: (name: string) => `Shared by ${name}`,
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
  inConsole: 'It stands in the console:',
  linked: (name: string) => `This account is now linked to ${name}.`,
  linkFailed: 'This code is wrong, was used, or is older than 15 minutes. The console gives you a new one: /duncan link.',
  linkCode: (code: string) => `Your code: ${code}`,
  linkCodeText: (minutes: number) =>
    `Type in Slack or Teams, within ${minutes} minutes: /duncan link followed by the code. It links the account in which it is typed to you.`,
  helpLink: 'link your account on Slack or Teams to you',
  /** Of channels that get one list in the place of single cards. */
  lists: {
    title: (count: number) => (count === 1 ? '1 card to decide' : `${count} cards to decide`),
    hidden: 'Not for everybody who reads here',
    more: (count: number) => `${count} more in the console`,
  },
  shareRefused: 'Not shared: not everybody who reads here may see it, or it is not known who reads.',
}

export type PlatformsWords = typeof platformsEn
