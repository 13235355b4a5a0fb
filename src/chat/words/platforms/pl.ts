import type { PlatformsWords } from './en.ts'

/** What is said on chat platforms beside what every surface says, in Polish. */
export const platformsPl: PlatformsWords = {
  working: 'W toku…',
  loading: 'Chwileczkę…',
  sharedBy: name => `Udostępnia ${name}`,
  share: 'Udostępnij',
  choose: 'Wybierz',
  cancel: 'Anuluj',
  close: 'Zamknij',
  moreInThread: messages => (messages === 1 ? 'Reszta jest w wątku' : `Reszta jest w wątku, wiadomości: ${messages}`),
  moreBelow: 'Reszta jest poniżej',
  continued: (part, parts) => `Ciąg dalszy, ${part} z ${parts}`,
  shortened: 'To jest skrócone. Całość jest w konsoli.',
  part: (label, part, parts) => `${label} (${part} z ${parts})`,
  notLinked: 'Duncan jeszcze nie wie, kim jesteś. Pobierz kod w konsoli i wpisz: /duncan link <kod>',
  linkUsage: 'Wpisz kod otrzymany w konsoli: /duncan link <kod>',
  foreign: 'Duncan pracuje tylko dla członków obszaru roboczego, do którego należy.',
  tooLateToOpen: 'Nie udało się otworzyć formularza na czas. Naciśnij przycisk jeszcze raz.',
  failed: 'To się nie udało, nic nie przepadło. Spróbuj ponownie; jeśli to się powtarza, powiedz administratorowi.',
  nothingHere: 'W tej wiadomości nie ma niczego od Duncana.',
  inConsole: 'Jest w konsoli:',
  linked: (name: string) => `To konto jest teraz powiązane z: ${name}.`,
  linkFailed: 'Ten kod jest błędny, został już użyty albo ma ponad 15 minut. Nowy poda konsola: /duncan link.',
  linkCode: (code: string) => `Twój kod: ${code}`,
  linkCodeText: (minutes: number) =>
    `W ciągu ${minutes} minut wpisz w Slacku lub Teams: /duncan link, a po nim kod. Konto, w którym to wpiszesz, zostanie powiązane z Tobą.`,
  helpLink: 'powiązać Twoje konto w Slacku lub Teams z Tobą',
  lists: {
    title: (count: number) => `Karty do decyzji: ${count}`,
    hidden: 'Nie dla wszystkich, którzy tu czytają',
    more: (count: number) => `Jeszcze ${count} w konsoli`,
  },
  shareRefused: 'Nie udostępniono: nie każdy, kto tu czyta, może to zobaczyć, albo nie wiadomo, kto czyta.',
}
