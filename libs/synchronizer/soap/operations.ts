/** The web service's name in 1C: the publication answers at `/ws/<name>` and at `/ws/<name>.1cws`. */
export const serviceName = 'ITK_Synchronizer';

/** Type of a parameter or a result, as XDTO names it. */
export type XsdType = 'xs:string' | 'xs:int' | 'xs:long';

interface OperationShape {
  parameters: readonly { readonly name: string; readonly type: XsdType }[];
}

/**
 * Operations of ITK_Synchronizer; each returns one xs:string. The paper's three come first; `BindingsSince`,
 * `ErrorsSince` and `Reoffer` are ours, and a foreign publication has none of them.
 */
export const operations = {
  GetStudents: {
    parameters: [
      { name: 'SystemName', type: 'xs:string' },
      { name: 'Limit', type: 'xs:int' },
    ],
  },
  SetCronflag: {
    parameters: [
      { name: 'Students', type: 'xs:string' },
      { name: 'SystemName', type: 'xs:string' },
    ],
  },
  SetErrorCronflag: {
    parameters: [
      { name: 'Student', type: 'xs:string' },
      { name: 'SystemName', type: 'xs:string' },
    ],
  },
  BindingsSince: {
    parameters: [
      { name: 'SystemName', type: 'xs:string' },
      { name: 'Sequence', type: 'xs:long' },
      { name: 'Limit', type: 'xs:int' },
    ],
  },
  ErrorsSince: {
    parameters: [
      { name: 'SystemName', type: 'xs:string' },
      { name: 'Sequence', type: 'xs:long' },
      { name: 'Limit', type: 'xs:int' },
    ],
  },
  Reoffer: {
    parameters: [
      { name: 'Students', type: 'xs:string' },
      { name: 'SystemName', type: 'xs:string' },
    ],
  },
} as const satisfies Record<string, OperationShape>;

export type OperationName = keyof typeof operations;
export const operationNames = Object.keys(operations) as OperationName[];

/** What 1C writes into the SOAPAction header and the WSDL. */
export const soapAction = (namespace: string, operation: string): string => `${namespace}#${serviceName}:${operation}`;
