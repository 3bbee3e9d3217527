/** A letter in CWC 2.0 that fits both chambers' schemas; what it says is made up. */
export function cwcLetter({ office = 'HVA04', id = 'A'.repeat(32), subject = 'On the lamp' } = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<CWC>
  <CWCVersion>2.0</CWCVersion>
  <Delivery>
    <DeliveryId>${id}</DeliveryId>
    <DeliveryDate>20261123</DeliveryDate>
    <DeliveryAgent>Friends of the Lamp</DeliveryAgent>
    <DeliveryAgentAckEmailAddress>ack@lamp.example</DeliveryAgentAckEmailAddress>
    <DeliveryAgentContact>
      <DeliveryAgentContactName>Robin Keeper</DeliveryAgentContactName>
      <DeliveryAgentContactEmail>robin@lamp.example</DeliveryAgentContactEmail>
      <DeliveryAgentContactPhone>202-555-0100</DeliveryAgentContactPhone>
    </DeliveryAgentContact>
    <CampaignId>keep-the-lamp</CampaignId>
  </Delivery>
  <Recipient>
    <MemberOffice>${office}</MemberOffice>
  </Recipient>
  <Constituent>
    <Prefix>Ms.</Prefix>
    <FirstName>Dana</FirstName>
    <LastName>Walker</LastName>
    <Address1>1 Quay Street</Address1>
    <City>Lampton</City>
    <StateAbbreviation>VA</StateAbbreviation>
    <Zip>22301</Zip>
    <Email>dana@walker.example</Email>
  </Constituent>
  <Message>
    <Subject>${subject}</Subject>
    <LibraryOfCongressTopics>
      <LibraryOfCongressTopic>Energy</LibraryOfCongressTopic>
    </LibraryOfCongressTopics>
    <ConstituentMessage>Please keep the lamp &amp; light it. é 漢</ConstituentMessage>
  </Message>
</CWC>
`;
}
