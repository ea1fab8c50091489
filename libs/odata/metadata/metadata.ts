import { SaxesParser } from 'saxes';
import { both } from '#contracts';
import { FormError } from '../errors.js';

export interface EntitySet {
  name: string;
  key: string[];
  /** Field -> its type: `Edm.String`, `Collection(StandardODATA.Document_X_Lines_RowType)`. */
  fields: Map<string, string>;
  /** A register whose last records may be asked for. */
  slices: boolean;
}

export interface Publication {
  sets: Map<string, EntitySet>;
  /** Rows of tabular parts and of record sets, by type. */
  rowTypes: Map<string, Map<string, string>>;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
const bare = (type: string): string => type.replace(/^Collection\((.*)\)$/, '$1').replace(/^.*\./, '');

/** Reads `$metadata` piece by piece: of its 17 MB only names and types are kept. */
export class MetadataReader {
  private readonly parser = new SaxesParser({ xmlns: false });
  private readonly decoder = new TextDecoder('utf-8');
  private readonly entities = new Map<string, { key: string[]; fields: Map<string, string> }>();
  private readonly rowTypes = new Map<string, Map<string, string>>();
  private readonly sets = new Map<string, string>();
  private readonly sliced = new Set<string>();
  private fields: Map<string, string> | undefined;
  private key: string[] = [];
  private importing = false;

  constructor() {
    const damaged = (what: string): never => {
      throw new FormError(both(`$metadata: ${what}`, `$metadata: ${what}`));
    };
    this.parser.on('error', ({ message }) => damaged(message));
    this.parser.on('doctype', () => damaged('DOCTYPE'));
    this.parser.on('opentag', ({ name, attributes }) => this.open(localName(name), attributes));
    this.parser.on('closetag', ({ name }) => {
      if (localName(name) === 'FunctionImport') this.importing = false;
    });
  }

  push(piece: Uint8Array): void {
    this.parser.write(this.decoder.decode(piece, { stream: true }));
  }

  /** Throws {@link FormError}. */
  end(): Publication {
    this.parser.write(this.decoder.decode()).close();
    const sets = new Map<string, EntitySet>();
    for (const [name, type] of this.sets) {
      const { key = [], fields = new Map<string, string>() } = this.entities.get(type) ?? {};
      sets.set(name, { name, key, fields, slices: this.sliced.has(type) });
    }
    return { sets, rowTypes: this.rowTypes };
  }

  private open(element: string, attributes: Record<string, string>): void {
    const { Name: name = '', Type: type = '' } = attributes;
    switch (element) {
      case 'EntityType':
        this.fields = new Map();
        this.key = [];
        this.entities.set(name, { key: this.key, fields: this.fields });
        return;
      case 'ComplexType':
        this.fields = new Map();
        this.rowTypes.set(name, this.fields);
        return;
      case 'PropertyRef':
        this.key.push(name);
        return;
      case 'Property':
        this.fields?.set(name, type);
        return;
      case 'EntitySet':
        this.sets.set(name, bare(attributes.EntityType ?? ''));
        return;
      case 'FunctionImport':
        this.importing = name === 'SliceLast';
        return;
      case 'Parameter':
        if (this.importing && name === 'bindingParameter') this.sliced.add(bare(type));
    }
  }
}

/** Fields of a set's tabular part; nothing where it has none of that name. */
export function fieldsOfPart({ rowTypes }: Publication, set: EntitySet, part: string): Map<string, string> | undefined {
  return rowTypes.get(bare(set.fields.get(part) ?? ''));
}
