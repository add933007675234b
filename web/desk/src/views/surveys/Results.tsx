import { DownloadOutlined } from '@ant-design/icons';
import { Button, Drawer, Spin, Table } from 'antd';

import { type ResultsView, type ResultView, resultsAddress, type SurveyView, useResults } from '../../api/surveys';
import { LoadFailure } from '../../parts/LoadFailure';
import { Reachable } from '../../parts/Reachable';
import { texts } from '../../texts';
import { cell, type Line, linesOf } from './table';

const words = texts.surveys;

/** What came out of a survey, small cells hidden by the server. */
export default function Results({ survey, close }: { survey: SurveyView; close: () => void }) {
  const results = useResults(survey.id);
  const csv = (
    <Button icon={<DownloadOutlined />} href={resultsAddress(survey.id)}>
      {words.csv}
    </Button>
  );
  return (
    <Drawer open size={860} title={survey.title} extra={csv} onClose={close}>
      <Reachable>
        {results.isPending && <Spin />}
        {results.isError && <LoadFailure error={results.error} again={() => void results.refetch()} />}
        {results.data && <Shown results={results.data} />}
      </Reachable>
    </Drawer>
  );
}

function Shown({ results }: { results: ResultsView }) {
  return (
    <>
      {results.answers !== null && <p className="facts">{words.answers(results.answers)}</p>}
      <p className="soft">{results.note}</p>
      {results.questions.map((question, index) => (
        <section key={question.id} className="result">
          <h2>{`${index + 1}. ${question.text}`}</h2>
          {question.kind === 'text' ? <Written texts={question.texts} /> : <Counts question={question} results={results} />}
        </section>
      ))}
    </>
  );
}

function Counts({ question, results }: { question: ResultView; results: ResultsView }) {
  return (
    <Table<Line>
      rowKey="name"
      size="small"
      dataSource={linesOf(question)}
      pagination={false}
      scroll={{ x: 220 + 110 * results.groups.length }}
      columns={[
        { title: words.answer, dataIndex: 'name', width: 130 },
        { title: `${words.all} (${results.answers})`, width: 90, render: (_, line) => <Cell value={line.values[0]} /> },
        ...results.groups.map((group, place) => ({
          key: `${group.dimension}-${group.name}`,
          title: `${group.name} (${group.answers})`,
          render: (_: unknown, line: Line) => <Cell value={line.values[place + 1]} />,
        })),
      ]}
    />
  );
}

function Cell({ value }: { value: number | null | undefined }) {
  return value === null || value === undefined ? <span className="soft">{cell(value)}</span> : <>{cell(value)}</>;
}

function Written({ texts: written }: { texts: readonly string[] | null }) {
  if (written === null) return <p className="soft">{words.tooFewTexts}</p>;
  return (
    <ul className="written">
      {written.map((said, index) => (
        <li key={index}>{said}</li>
      ))}
    </ul>
  );
}
