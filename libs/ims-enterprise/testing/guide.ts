/** The example of Moodle's guide to the format, letter by letter, in the root element that the guide leaves out. */
export const theGuidesExample = `<enterprise>
  <group>
    <sourcedid>
      <source>MyDataSystem</source>
      <id>MOODLE101</id>
    </sourcedid>
    <description>
      <short>Moodle 101</short>
    </description>
  </group>

  <person>
    <sourcedid>
      <source>MyDataSystem</source>
      <id>xymoodle</id>
    </sourcedid>
    <userid>xymoodle</userid>
    <name>
      <fn>X Y</fn>
      <n>
        <family>X</family>
        <given>Y</given>
      </n>
    </name>
  </person>

  <membership>
    <sourcedid>
      <source>MyDataSystem</source>
      <id>MOODLE101</id>
    </sourcedid>
    <member>
      <sourcedid>
        <source>MyDataSystem</source>
        <id>xymoodle</id>
      </sourcedid>
      <role roletype="01">
        <status>1</status>
        <extension><cohort>unit 2</cohort></extension>
      </role>
    </member>
  </membership>
</enterprise>
`;
