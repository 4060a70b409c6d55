import assert from 'node:assert/strict';
import type { lookup } from 'node:dns';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { checkHost, guardedAgent, NetworkRefusal, reachOf } from '../../../../src/tools/runners/network.ts';

describe('The network guard', () => {
  it('knows how far an address reaches', () => {
    const reaches = {
      public: ['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'],
      loopback: ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'],
      private: ['10.0.0.1', '172.16.0.1', '192.168.1.1', '100.64.0.1', 'fd00::1', '::ffff:10.0.0.1'],
      never: [
        '169.254.169.254',
        '169.254.0.1',
        'fe80::1',
        'fe80::1%eth0',
        '::ffff:169.254.169.254',
        '0.0.0.0',
        '::',
        '255.255.255.255',
        '224.0.0.1',
        'ff02::1',
        '64:ff9b::a9fe:a9fe',
        '2002:7f00:1::',
        '2001::1',
        '100.100.100.200',
        'fd00:ec2::254',
        '192.0.0.192',
        '168.63.129.16',
        '::a9fe:a9fe',
        '::7f00:1',
        '240.0.0.1',
        'no address',
      ],
    };
    for (const [reach, addresses] of Object.entries(reaches)) {
      for (const address of addresses) assert.equal(reachOf(address), reach, address);
    }
  });

  it('never lets metadata and link-local hosts through, however they are written', () => {
    const hosts = [
      '169.254.169.254',
      '0xa9.0xfe.0xa9.0xfe',
      '2852039166',
      '0251.0376.0251.0376',
      '169.254.43518',
      '[::ffff:169.254.169.254]',
      '[::169.254.169.254]',
      '[fe80::1]',
      '[64:ff9b::169.254.169.254]',
      'metadata.google.internal',
      'METADATA.google.internal.',
      'instance-data.ec2.internal',
      '0.0.0.0',
      '0',
    ];
    for (const host of hosts) {
      const { hostname } = new URL(`http://${host}/`);
      assert.throws(() => checkHost(hostname, true), NetworkRefusal, host);
      assert.throws(() => checkHost(hostname, false), NetworkRefusal, host);
    }
  });

  it('lets private hosts through only where the manifest names them', () => {
    for (const host of [
      '127.0.0.1',
      '2130706433',
      '0x7f.1',
      'localhost',
      'a.localhost',
      '[::1]',
      '10.1.2.3',
      '192.168.0.1',
      '[fd00::1]',
      '[::ffff:127.0.0.1]',
    ]) {
      const { hostname } = new URL(`http://${host}/`);
      assert.doesNotThrow(() => checkHost(hostname, true), host);
      assert.throws(() => checkHost(hostname, false), NetworkRefusal, host);
    }
    checkHost('example.com', false);
    checkHost('8.8.8.8', false);
  });

  describe('at the look-up', () => {
    let server: Server;
    let asked: string[] = [];
    before((done) => {
      server = createServer((_, response) => response.end('reached')).listen(0, '127.0.0.1', done);
    });
    after(() => server.close());

    /** What a name resolves to, first, second, … time. */
    async function get(host: string, ...answers: string[]): Promise<string> {
      asked = [];
      const resolve = ((name: string, _: unknown, callback: (error: null, found: object[]) => void) => {
        asked.push(name);
        const address = answers[Math.min(asked.length, answers.length) - 1] ?? '';
        callback(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
      }) as unknown as typeof lookup;
      const agent = guardedAgent(resolve);
      try {
        const { port } = server.address() as AddressInfo;
        const { body } = await request(`http://${host}:${port}/`, { dispatcher: agent });
        return await body.text();
      } finally {
        await agent.destroy();
      }
    }

    it('refuses a name that leads into a private network', async () => {
      for (const address of ['127.0.0.1', '10.0.0.1', '::1', '169.254.169.254', '::ffff:127.0.0.1']) {
        await assert.rejects(get('tools.example', address), NetworkRefusal, address);
      }
    });

    it('refuses a name whose second address is private', async () => {
      const resolve = ((_name: string, _options: unknown, callback: (error: null, found: object[]) => void) =>
        callback(null, [
          { address: '8.8.8.8', family: 4 },
          { address: '127.0.0.1', family: 4 },
        ])) as unknown as typeof lookup;
      const agent = guardedAgent(resolve);
      const { port } = server.address() as AddressInfo;
      await assert.rejects(request(`http://tools.example:${port}/`, { dispatcher: agent }), NetworkRefusal);
      await agent.destroy();
    });

    it('lets localhost lead to this machine only', async () => {
      assert.equal(await get('localhost', '127.0.0.1'), 'reached');
      await assert.rejects(get('localhost', '10.0.0.1'), NetworkRefusal);
    });

    it('connects to the address that it looked at: a name is asked once', async () => {
      assert.equal(await get('localhost', '127.0.0.1', '10.0.0.1'), 'reached');
      assert.equal(asked.length, 1);
    });
  });
});
