// Which part of a request is granted: fewer fields, a lower level, a smaller territory, an earlier end; and what that opens.
import { Button, Checkbox, Form, Input, Select } from "antd";
import { useState } from "react";
import { say } from "../../../../session/language";
import { lastDay } from "../../parts/time";
import { LEVEL_ORDER, levelWord } from "../../words";
import type { Names } from "./names";
import type { Item, Request } from "./request-facts";
import { Gained, type PartItem } from "./simulation";

export interface PartValues {
  items?: { fields: string[]; level: string; territory: string }[];
  until?: string;
}

/** Items without a field are not granted at all. */
export function partItems(one: Request, { items = [] }: PartValues): PartItem[] {
  return one.items.flatMap(({ dataset }, index) => {
    const kept = items[index];
    return kept && kept.fields.length > 0 ? [{ dataset, ...kept }] : [];
  });
}

function upTo(level: string): string[] {
  const order: readonly string[] = LEVEL_ORDER;
  return order.slice(1, order.indexOf(level) + 1);
}

function ItemFields({ item, index, names }: { item: Item; index: number; names: Names }) {
  return (
    <>
      <Form.Item
        name={["items", index, "fields"]}
        initialValue={item.fields}
        label={say(
          `保留的数据项：${names.dataset(item.dataset)}`,
          `Fields kept: ${names.dataset(item.dataset)}`,
        )}
      >
        <Checkbox.Group
          options={item.fields.map((field) => ({ value: field, label: names.field(item.dataset, field) }))}
        />
      </Form.Item>
      <div className="hub-pair">
        <Form.Item name={["items", index, "level"]} initialValue={item.level} label={say("级别", "Level")}>
          <Select options={upTo(item.level).map((level) => ({ value: level, label: levelWord(level) }))} />
        </Form.Item>
        <Form.Item
          name={["items", index, "territory"]}
          initialValue={item.territory}
          label={say(
            `属地代码（所申请的：${item.territoryName}）`,
            `Code of the territory (asked: ${item.territoryName})`,
          )}
        >
          <Input />
        </Form.Item>
      </div>
    </>
  );
}

export function PartFields({ one, names }: { one: Request; names: Names }) {
  const form = Form.useFormInstance<PartValues>();
  const [looked, setLooked] = useState<PartItem[]>();
  return (
    <>
      {one.items.map((item, index) => (
        <ItemFields
          key={`${item.dataset}${item.level}${item.territory}${item.fields}`}
          item={item}
          index={index}
          names={names}
        />
      ))}
      <Form.Item
        name="until"
        label={say(
          `提前至（不含；所申请的最后一日 ${lastDay(one.until)}）`,
          `An earlier end (not included; asked: ${lastDay(one.until)})`,
        )}
      >
        <Input type="date" />
      </Form.Item>
      <Form.Item>
        <Button onClick={() => setLooked(partItems(one, form.getFieldsValue(true)))}>
          {say("看这部分会开放什么", "What would this part open?")}
        </Button>
      </Form.Item>
      {looked && <Gained request={one.id} items={looked} names={names} />}
    </>
  );
}
