export type EdmType =
  'Edm.Guid' | 'Edm.String' | 'Edm.DateTime' | 'Edm.Boolean' | 'Edm.Int16' | 'Edm.Int32' | 'Edm.Int64';
export type Row = Record<string, unknown>;

/** A set of the publication. */
export interface Table {
  set: string;
  key: string[];
  fields: Record<string, EdmType>;
  /** Tabular parts: rows stand within their object. */
  parts?: Record<string, Record<string, EdmType>>;
  /** Dimensions of a periodic register: it may be asked for its last records. */
  dimensions?: string[];
  rows(): Row[];
}

/** A university's objects in the sets of one configuration. */
export type Shape = Map<string, Table>;

export const nothing = '00000000-0000-0000-0000-000000000000';
export const noDate = '0001-01-01T00:00:00';

/** Attributes of a directory that the platform itself keeps. */
export const ofCatalog: Record<string, EdmType> = {
  Ref_Key: 'Edm.Guid',
  DataVersion: 'Edm.String',
  DeletionMark: 'Edm.Boolean',
  Code: 'Edm.String',
  Description: 'Edm.String',
  IsFolder: 'Edm.Boolean',
  Predefined: 'Edm.Boolean',
};
export const ofDocument: Record<string, EdmType> = {
  Ref_Key: 'Edm.Guid',
  DataVersion: 'Edm.String',
  DeletionMark: 'Edm.Boolean',
  Number: 'Edm.String',
  Date: 'Edm.DateTime',
  Posted: 'Edm.Boolean',
};
export const ofRecord: Record<string, EdmType> = {
  Period: 'Edm.DateTime',
  Recorder: 'Edm.String',
  Recorder_Type: 'Edm.String',
  LineNumber: 'Edm.Int64',
  Active: 'Edm.Boolean',
};

export const catalogRow = (key: string, code: string, description: string, more: Row = {}): Row => ({
  ...{ Ref_Key: key, DataVersion: 'AAAAAAAAAAA=', DeletionMark: false },
  ...{ Code: code, Description: description, IsFolder: false, Predefined: false },
  ...more,
});
export const documentRow = (key: string, number: string, date: string, posted: boolean, more: Row = {}): Row => ({
  ...{ Ref_Key: key, DataVersion: 'AAAAAAAAAAA=', DeletionMark: false, Number: number, Date: date, Posted: posted },
  ...more,
});

/** 1C keeps references by other halves than it writes them: their order is not that of the text. */
export const orderOfKey = (key: string): string =>
  key.slice(19) + key.slice(14, 18) + key.slice(9, 13) + key.slice(0, 8);
