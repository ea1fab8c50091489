import type { EdmType, Shape } from './table.js';

const property = (name: string, type: string): string => `<Property Name="${name}" Type="${type}" Nullable="true"/>`;
const properties = (fields: Record<string, EdmType>): string =>
  Object.entries(fields)
    .map(([name, type]) => property(name, type))
    .join('');

/** `$metadata` of a publication. */
export function edmx(sets: Shape): string {
  const types: string[] = [];
  const members: string[] = [];
  const functions: string[] = [];
  for (const { set, key, fields, parts = {}, dimensions } of sets.values()) {
    const keys = key.map((name) => `<PropertyRef Name="${name}"/>`).join('');
    const lists = Object.keys(parts).map((part) => property(part, `Collection(StandardODATA.${set}_${part}_RowType)`));
    types.push(
      `<EntityType Name="${set}" OpenType="true"><Key>${keys}</Key>${properties(fields)}${lists.join('')}</EntityType>`,
    );
    members.push(`<EntitySet Name="${set}" EntityType="StandardODATA.${set}"/>`);
    for (const [part, columns] of Object.entries(parts))
      types.push(
        `<ComplexType Name="${set}_${part}_RowType" OpenType="true">${properties({ LineNumber: 'Edm.Int64', ...columns })}</ComplexType>`,
      );
    if (dimensions)
      functions.push(
        `<FunctionImport Name="SliceLast" ReturnType="Collection(StandardODATA.${set})" IsBindable="true" m:IsAlwaysBindable="true"><Parameter Name="bindingParameter" Type="Collection(StandardODATA.${set})"/><Parameter Name="Condition" Type="Edm.String"/><Parameter Name="Period" Type="Edm.DateTime"/></FunctionImport>`,
      );
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx"><edmx:DataServices m:DataServiceVersion="3.0" xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">',
    '<Schema Namespace="StandardODATA" xmlns="http://schemas.microsoft.com/ado/2009/11/edm">',
    ...types,
    `<EntityContainer Name="EnterpriseV8" m:IsDefaultEntityContainer="true">${members.join('')}${functions.join('')}</EntityContainer>`,
    '</Schema></edmx:DataServices></edmx:Edmx>',
  ].join('\r\n');
}
