import {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  type Admin,
  ResourcePatternTypes,
} from 'kafkajs';
import { eventually } from '../../electron-stand-in/eventually.ts';
import { withAdmin } from '../../services/kafka-admin.ts';
import { createTopics } from '../../services/kafka-topics.ts';
import { type Breakage, linesShown } from './breakage.ts';
import { enterSecret, section } from './profile-steps.ts';
import { KAFKA_USER, type School } from './school.ts';

/** What brokers that answer may refuse or lack. */
export function kafkaBreakages(): Breakage[] {
  return [missingTopic(), noRight(), wrongLogin()];
}

const COMMANDS_TITLE = 'For whoever runs the service';

function missingTopic(): Breakage {
  return {
    name: 'missing topic',
    break: ({ school }) =>
      asAdmin(school, async (admin) => {
        const topic = school.topics.STUDENT_EVENTS_TOPIC;
        await admin.deleteTopics({ topics: [topic] });
        await eventually(async () => {
          if ((await admin.listTopics()).includes(topic)) throw new Error('The topic is still there.');
        });
      }),
    shows: ({ school }) => ({
      Kafka: {
        message: `Kafka has no topic "${school.topics.STUDENT_EVENTS_TOPIC}".`,
        mend: 'Check the name in the profile; if it is right, give the commands that go with this to whoever runs Kafka.',
        fix: {
          title: COMMANDS_TITLE,
          line: `kafka-topics.sh --bootstrap-server ${school.kafka.saslTls} --create --topic ${school.topics.STUDENT_EVENTS_TOPIC} `,
        },
      },
    }),
    async mend({ school }, seen) {
      const command = linesShown(seen, 'Kafka');
      await createTopics(
        school.kafka.open,
        [argument(command, 'topic')],
        Number(argument(command, 'partitions')),
      );
    },
  };
}

function noRight(): Breakage {
  return {
    name: 'no ACL',
    async break({ school }) {
      const topic = school.topics.BOOK_EVENTS_TOPIC;
      await asAdmin(school, (admin) => admin.deleteAcls({ filters: [rightsOn(topic)] }));
      await untilRights(school, topic, 0);
    },
    shows: ({ school }) => ({
      Kafka: {
        message: `Kafka does not let "User:${KAFKA_USER}" write to the topic "${school.topics.BOOK_EVENTS_TOPIC}".`,
        mend: 'they add the rights Write and Describe.',
        fix: {
          title: COMMANDS_TITLE,
          line: `--add --allow-principal User:${KAFKA_USER} --operation Write --operation Describe --topic ${school.topics.BOOK_EVENTS_TOPIC}`,
        },
      },
    }),
    async mend({ school }, seen) {
      const command = linesShown(seen, 'Kafka');
      await school.kafka.allow(argument(command, 'allow-principal'), argument(command, 'topic'));
      await untilRights(school, school.topics.BOOK_EVENTS_TOPIC, 2);
    },
  };
}

function wrongLogin(): Breakage {
  return {
    name: 'wrong SASL',
    async break({ page }) {
      await enterSecret(await section(page, 'Kafka'), 'Password', 'not-the-password');
    },
    shows: ({ school }) => ({
      Kafka: {
        message: `The Kafka brokers ${school.kafka.saslTls} do not accept the login of "${KAFKA_USER}".`,
        mend: 'Enter user name and password for Kafka again',
      },
    }),
    async mend({ page, school }) {
      await enterSecret(await section(page, 'Kafka'), 'Password', school.kafka.passwordOf(KAFKA_USER));
    },
  };
}

/** What stands behind `--name` in a command. */
function argument(command: string, name: string): string {
  const found = new RegExp(`--${name} (\\S+)`).exec(command)?.[1];
  if (found === undefined) throw new Error(`There is no --${name} in: ${command}`);
  return found;
}

const rightsOn = (topic: string) => ({
  resourceType: AclResourceTypes.TOPIC,
  resourceName: topic,
  resourcePatternType: ResourcePatternTypes.LITERAL,
  principal: `User:${KAFKA_USER}`,
  operation: AclOperationTypes.ANY,
  permissionType: AclPermissionTypes.ANY,
});

/** The broker says yes before it acts on it. */
async function untilRights(school: School, topic: string, expected: number): Promise<void> {
  await asAdmin(school, (admin) =>
    eventually(async () => {
      const { resources } = await admin.describeAcls(rightsOn(topic));
      const found = resources.flatMap(({ acls }) => acls).length;
      if (found !== expected) throw new Error(`There are ${found} rights on ${topic}, not ${expected}.`);
    }),
  );
}

function asAdmin<T>({ kafka }: School, use: (admin: Admin) => Promise<T>): Promise<T> {
  return withAdmin(kafka.open, use);
}
