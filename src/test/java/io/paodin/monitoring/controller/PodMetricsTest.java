package io.paodin.monitoring.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads from what speaks HTTP more or less. */
class PodMetricsTest {

    private static final String METRIC = "thanos_compact_halted";
    private static final String OK = "HTTP/1.1 200 OK\r\n\r\n";
    private static final String HALTED = OK + "# TYPE thanos_compact_halted gauge\nthanos_compact_halted 1\n";

    private static Vertx vertx;
    private static PodMetrics metrics;

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                warnings.add(entry.getLoggerName() + " " + entry.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private ServerSocket server;

    private interface Answer {
        void to(Socket client) throws IOException;
    }

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        metrics = new PodMetrics(vertx, Duration.ofSeconds(1));
    }

    @AfterAll
    static void close() {
        vertx.close();
    }

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(log);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        Logger.getLogger("").removeHandler(log);
        assertThat(warnings).as("in the log").isEmpty();
    }

    @Test
    void readsWhetherTheCompactorHasHalted() throws Exception {
        assertThat(ask(send(HALTED))).isTrue();
        server.close();
        assertThat(ask(send(HALTED.replace("halted 1", "halted 0")))).isFalse();
    }

    @Test
    void needsNoMoreThanTheLine() throws Exception {
        assertThat(ask(sendAndWait(HALTED))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 500 Internal Server Error\r\n\r\nthanos_compact_halted 1\n",
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\nthanos_compact_halted 1\n",
                "HTTP/1.1 200 OK\r\n\r\nup 1\n",
                "HTTP/1.1 200 OK\r\n\r\n",
                "SSH-2.0-OpenSSH_9.6\r\n",
                "",
            })
    void anyOtherAnswerTellsNothing(String answer) throws Exception {
        assertFails(send(answer));
    }

    @Test
    void aPageWithoutEndIsCutOff() throws Exception {
        var ended = new CompletableFuture<IOException>();
        int port = serve(client -> {
            try {
                send(OK).to(client);
                while (true) {
                    send("up 1\n".repeat(10_000)).to(client);
                }
            } catch (IOException e) {
                ended.complete(e);
            }
        });
        assertThatThrownBy(() -> ask(new PodMetrics(vertx, Duration.ofSeconds(30)), port))
                .hasMessageContaining("a page of more than");
        assertThat(ended.get(10, TimeUnit.SECONDS)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nA:", "HTTP/1.1 200 OK\r\n\r\nthanos_compact"})
    void whoDoesNotEndIsCutOff(String begin) throws Exception {
        assertFails(sendAndWait(begin));
    }

    @Test
    void nobodyThereTellsNothing() throws Exception {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        int port = server.getLocalPort();
        server.close();
        assertThatThrownBy(() -> ask(metrics, port)).isInstanceOf(ExecutionException.class);
    }

    private static Answer send(String answer) {
        return client -> client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
    }

    /** Until the other side has had enough. */
    private static Answer sendAndWait(String answer) {
        return client -> {
            send(answer).to(client);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        };
    }

    private void assertFails(Answer answer) throws Exception {
        int port = serve(answer);
        assertThatThrownBy(() -> ask(metrics, port)).isInstanceOf(ExecutionException.class);
    }

    private boolean ask(Answer answer) throws Exception {
        return ask(metrics, serve(answer));
    }

    private static boolean ask(PodMetrics metrics, int port) throws Exception {
        return metrics.read(InetAddress.getLoopbackAddress().getHostAddress(), port, Set.of(METRIC))
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS)
                        .value(METRIC)
                != 0;
    }

    private int serve(Answer answer) throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var socket = server;
        var thread = new Thread(() -> answer(socket, answer), "pod");
        thread.setDaemon(true);
        thread.start();
        return server.getLocalPort();
    }

    private static void answer(ServerSocket server, Answer answer) {
        try (Socket client = server.accept()) {
            client.getInputStream().read(new byte[8192]);
            answer.to(client);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
