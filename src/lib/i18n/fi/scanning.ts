export const scanning = {
  'editor.page': 'Sivu {number}/{count}',
  'editor.pages': 'Sivut',
  'editor.tools': 'Sivun muokkaus',
  'editor.turn': 'Käännä',
  'editor.draw': 'Piirrä peite',
  'editor.addBox': 'Lisää peite',
  'editor.box':
    'Peite {number}: nuolet siirtävät, vaihto ja nuolet muuttavat kokoa, Delete poistaa',
  'editor.hint':
    'Vedä peite kohdan päälle sormella tai hiirellä. Näppäimistöllä: Lisää peite, siirrä nuolilla, muuta kokoa vaihto pohjassa, poista Delete-näppäimellä.',
  'editor.earlier': 'Siirrä aiemmaksi',
  'editor.later': 'Siirrä myöhemmäksi',
  'editor.remove': 'Poista sivu',
  'editor.retake': 'Kuvaa uudelleen',
  'editor.question': 'Näkyykö sivuilla henkilötunnus?',
  'editor.questionHint':
    'Henkilötunnusta ei tallenneta. Peite jää kuvaan, eikä sen alle jää mitään.',
  'editor.none': 'Ei näy',
  'editor.covered': 'Kyllä, peitän sen',
  'editor.answer': 'Vastaa ennen tallennusta: näkyykö sivuilla henkilötunnus?',
  'editor.coverIt': 'Peitä henkilötunnus: piirrä sen päälle ainakin yksi peite.',
  'file-refused.not-a-picture': '{file}: vain PDF, JPEG tai PNG käy.',
  'file-refused.too-large': '{file}: tiedosto on liian suuri. Enintään 25 Mt.',
  'file-refused.too-many-pages':
    '{file}: sivuja on liikaa. Asiakirjassa voi olla enintään 60 sivua.',
  'file-refused.broken': '{file}: tiedosto on rikki, eikä sitä voi avata.',
  'file-refused.locked': '{file}: PDF on suojattu salasanalla. Tallenna se ensin ilman salasanaa.',
  'file-refused.active':
    '{file}: PDF sisältää ohjelmia tai liitetiedostoja, joten sitä ei avata. Tulosta se ensin PDF-tiedostoksi.'
} as const
