export const browser = {
  'browser.title': 'I den här webbläsaren',
  'browser.all': 'Webbläsaren kan allt som Kotikäynti använder.',
  'browser.some':
    'Kotikäynti fungerar i den här webbläsaren, och anteckningarna bevaras. Detta är ändå annorlunda:',
  'browser.offline-start': 'Öppnas inte utan nät',
  'browser.offline-start.more':
    'Webbläsaren sparar inte appen. Lämna det privata fönstret eller använd en annan webbläsare innan du åker på besök.',
  'browser.erasable-keys': 'Nycklarna kan inte raderas helt från disken',
  'browser.erasable-keys.more':
    'Nycklarna finns krypterade i webbläsarens databas. Av det som tagits bort kan en förseglad rest bli kvar tills enheten töms.',
  'browser.passkey': 'Enheten öppnas bara med lösenfras',
  'browser.passkey.more': 'Webbläsaren kan inte använda fingeravtryck, ansikte eller PIN-kod.',
  'browser.derived-secret': 'Låset öppnas bara med lösenfras',
  'browser.derived-secret.more':
    'Webbläsaren kan inte öppna den här enheten med fingeravtryck, ansikte eller PIN-kod.',
  'browser.background-sync': 'Sänder bara när appen är öppen',
  'browser.background-sync.more':
    'Om du stänger appen utan nät sänds det som väntar när du öppnar den igen. Låset behöver inte öppnas.',
  'browser.space': 'Webbläsaren berättar inte hur mycket utrymme som finns kvar',
  'browser.space.more':
    'Håll utrymme ledigt på enheten. Om det tar slut mitt i en anteckning säger appen det genast.',
  'browser.install-ipad': 'Lägg till appen på hemskärmen',
  'browser.install-ipad.more':
    'Tryck på Dela och välj Lägg till på hemskärmen. Ta enheten i bruk där. Safari kan ta bort uppgifterna om sidan inte öppnas på en vecka.',
  'browser.install-menu': 'Installera appen från webbläsarens meny',
  'browser.install-menu.more':
    'Öppna webbläsarens meny och välj Installera eller Lägg till på startskärmen. Om det inte finns, gör ett bokmärke.'
} as const
