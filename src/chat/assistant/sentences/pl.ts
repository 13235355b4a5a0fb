import type { Sentences } from '../read-sentence.ts'

/** What people ask in Polish. */
export const sentencesPl: Sentences = {
  polite: /^(?:cześć|hej|dzień dobry|duncan|proszę|powiedz(?: mi)?|pokaż(?: mi)?|czy możesz|chcę wiedzieć)(?=[\s,:])[\s,:]*/iu,
  thanks: /[\s,]+(?:proszę|dziękuję|dzięki|dzisiaj|dziś|teraz)$/iu,
  debtor: [
    /^(?:ile|co) (?:nam )?(?:jest )?(?:nam )?(?:winien|winna|winni|dłużny|dłużna|zalega)(?: nam)? (.+)$/iu,
    /^ile (.+?) (?:jest )?nam (?:jest )?(?:winien|winna|winni|dłużny|dłużna|zalega)$/iu,
    /^co (?:jest|pozostaje) (?:jeszcze )?(?:otwarte|niezapłacone|zaległe|do zapłaty) (?:u|od|dla) (.+)$/iu,
    /^(?:saldo|stan|status|sytuacja|karta) (?:firmy |klienta |dłużnika )?(.+)$/iu,
    /^co z (.+)$/iu,
    /^czy (.+?) (?:już )?zapłacił[ao]?$/iu,
    /^kiedy (?:za)?płaci (.+)$/iu,
  ],
  inbox: [/^(?:ostatnie )?(?:maile|mejle|e-?maile|wiadomości) (?:od )?(.+)$/iu, /^co napisał[ao]? (.+)$/iu],
  mine: [/^co (?:na mnie czeka|czeka na mnie)$/iu, /^co mam (?:z)?robić$/iu, /^(?:moja|moje) (?:lista|kolejka|zadania|praca)$/iu],
  team: [/^co czeka(?: na (?:nas|zespół|decyzję))?$/iu, /^lista(?: zespołu)?$/iu],
  cover: [/^kto (?:jest )?(?:nieobecny|chory|na urlopie)$/iu, /^kto zastępuje .+$/iu, /^kogo nie ma$/iu],
  why: [/^dlaczego (?:propozycja |numer )?#?(\d{1,9})$/iu],
  home: [/^(?:moje )?ustawienia$/iu, /^moja strona$/iu],
  help: [/^pomoc$/iu, /^co (?:potrafisz|umiesz)$/iu],
  change: [/^(?:zatwierdź|odrzuć|wyślij|odpowiedz|zdecyduj|wstrzymaj|zakwestionuj)(?=\s|$)/iu],
}
