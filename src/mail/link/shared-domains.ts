/** Domains that many strangers share: free mail, access providers, and the systems of accounting and billing services. */
const shared = new Set(
  `gmail.com googlemail.com outlook.com hotmail.com live.com msn.com passport.com yahoo.com ymail.com rocketmail.com icloud.com me.com mac.com aol.com
  proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.io tuta.com fastmail.com fastmail.fm hey.com zoho.com zohomail.eu mail.com email.com
  gmx.com gmx.net gmx.de gmx.at gmx.ch gmx.fr web.de t-online.de freenet.de arcor.de online.de 1und1.de mail.de posteo.de mailbox.org vodafone.de kabelmail.de
  email.de ewe.net ewetel.net hotmail.de outlook.de live.de yahoo.de aol.de magenta.de unitybox.de netcologne.de m-net.de versanet.de bluewin.ch hispeed.ch sunrise.ch
  hotmail.nl live.nl outlook.nl yahoo.nl ziggo.nl kpnmail.nl kpnplanet.nl planet.nl hetnet.nl home.nl xs4all.nl upcmail.nl chello.nl casema.nl quicknet.nl zonnet.nl
  tele2.nl telfort.nl versatel.nl wxs.nl solcon.nl caiway.nl caiway.net zeelandnet.nl online.nl onsbrabantnet.nl hccnet.nl freeler.nl filternet.nl multiweb.nl delta.nl
  telenet.be skynet.be proximus.be scarlet.be hotmail.be live.be outlook.be yahoo.be voo.be brutele.be base.be edpnet.be pandora.be tvcablenet.be belgacom.net
  orange.fr wanadoo.fr free.fr sfr.fr laposte.net neuf.fr bbox.fr numericable.fr aliceadsl.fr club-internet.fr cegetel.net noos.fr hotmail.fr live.fr outlook.fr yahoo.fr
  aol.fr voila.fr 9online.fr nordnet.fr orange.com wp.pl o2.pl onet.pl onet.eu op.pl poczta.onet.pl vp.pl interia.pl interia.eu poczta.fm gazeta.pl tlen.pl go2.pl
  neostrada.pl buziaczek.pl autograf.pl spoko.pl poczta.pl home.pl int.pl hotmail.co.uk live.co.uk outlook.co.uk yahoo.co.uk btinternet.com btopenworld.com bt.com
  sky.com virginmedia.com virgin.net ntlworld.com blueyonder.co.uk talktalk.net talktalk.co.uk tiscali.co.uk plus.net plusnet.com googlemail.co.uk aol.co.uk
  hotmail.es outlook.es yahoo.es telefonica.net movistar.es terra.es ono.com hotmail.it outlook.it live.it yahoo.it libero.it virgilio.it tiscali.it alice.it tin.it
  tim.it fastwebnet.it inwind.it iol.it pec.it legalmail.it arubapec.it eircom.net gmx.co.uk gmx.es yandex.com yandex.ru mail.ru seznam.cz comcast.net verizon.net att.net
  sbcglobal.net bigpond.com rogers.com shaw.ca sapo.pt
  exact.nl exactonline.nl twinfield.com afas.nl basecone.com yuki.nl snelstart.nl moneybird.com moneybird.nl e-boekhouden.nl tradeshift.com coupahost.com ariba.com
  ansmtp.ariba.com basware.com billtobox.com codabox.com unifiedpost.com datev.de lexoffice.de sevdesk.de pennylane.com quickbooks.com intuit.com xero.com sage.com
  zendesk.com freshdesk.com salesforce.com hubspot.com sendgrid.net mailchimp.com amazonses.com sharepointonline.com onmicrosoft.com docusign.net wetransfer.com paypal.com`
    .split(/\s+/)
    .filter(domain => domain !== ''),
)

/** The domain of an address, lower case; empty when it has none. */
export function domainOf(address: string): string {
  return address
    .slice(address.lastIndexOf('@') + 1)
    .toLowerCase()
    .replace(/^.*@/, '')
    .trim()
}

/** Whether strangers share the domain (or the service it belongs to), so that it says nothing about a debtor. */
export function isSharedDomain(domain: string): boolean {
  const labels = domain.split('.')
  return labels.some((_, at) => labels.length - at >= 2 && shared.has(labels.slice(at).join('.')))
}
