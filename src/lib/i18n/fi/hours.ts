export const hours = {
  'exception.title': 'Tallennetaanko silti?',
  'exception.reason': 'Perustelu',
  'exception.reasonHint': 'Jää näkyviin tallennetun kohdalle, nimesi ja ajan kanssa.',
  'exception.back': 'Palaa muokkaamaan',
  'exception.save': 'Tallenna perusteltuna',
  'exception.by': '{name}, {at}',
  'exception.ends-before-held-visit': 'Päätös päättyy ennen pidettyä käyntiä',
  'exception.ends-before-held-visit.means':
    'Pidetty käynti jää voimassaolon ulkopuolelle, eikä sille ole myönnettyjä tunteja.',
  'exception.hours-over-grant': 'Tunnit ylittävät myönnetyn',
  'exception.hours-over-grant.means':
    'Käytettyjä ja suunniteltuja tunteja on enemmän kuin päätös myöntää.',
  'exception.leaves-visit-without-worker': 'Suunniteltu käynti jää ilman työntekijää',
  'exception.leaves-visit-without-worker.means':
    'Käynnin työntekijä ei sinä päivänä ole asiakkaan työntekijä.',
  'exception.worker-not-assigned': 'Työntekijä ei sinä päivänä ole asiakkaan työntekijä',
  'exception.worker-not-assigned.means': 'Käynti ei näy työntekijän tabletilla.',
  'exception.outside-decision': 'Käynti on päätöksen voimassaolon ulkopuolella',
  'exception.outside-decision.means': 'Käynnille ei ole myönnettyjä tunteja.',
  'exception.clash': 'Työntekijällä on samaan aikaan toinen käynti',
  'exception.clash.means': 'Vain toinen käynneistä voi toteutua niin kuin se on suunniteltu.'
} as const
