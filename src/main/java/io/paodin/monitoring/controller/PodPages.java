package io.paodin.monitoring.controller;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Reads pages of pods piece by piece. What answers may be anything, so all is bounded. */
final class PodPages {

    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final int LONGEST_PAGE = 4 * 1024 * 1024;
    private static final int OK = 200;

    private final Vertx vertx;
    private final Duration timeout;
    private final HttpClient client;

    /** Makes something of a page. */
    interface Reader<T> {

        /** @param time by the pod's own clock, to the second; empty if it has not told */
        default void begin(Optional<Instant> time) {}

        void accept(byte[] piece);

        void end();

        /** What is known by now; empty until it is. */
        Optional<T> result();
    }

    /** @param timeout for the connection, and again for all of the answer */
    PodPages(Vertx vertx, Duration timeout) {
        this.vertx = vertx;
        this.timeout = timeout;
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setConnectTimeout((int) timeout.toMillis())
                        .setKeepAlive(false))
                // Else what pods do wrong would be in the log. The request fails with it in any case.
                .withConnectHandler(connection -> connection.exceptionHandler(failure -> {}))
                .build();
    }

    /** @return what the page says; fails if it says nothing in time, or nothing that can be understood */
    <T> CompletionStage<T> read(String host, int port, String path, Reader<T> reader) {
        var request = new RequestOptions().setHost(host).setPort(port).setURI(path);
        return client.request(request)
                .compose(connected -> read(connected, reader))
                .toCompletionStage();
    }

    private <T> Future<T> read(HttpClientRequest request, Reader<T> reader) {
        var answer = Promise.<T>promise();
        var deadline = vertx.setTimer(timeout.toMillis(), timer -> answer.tryFail("no answer in time"));
        request.send().onFailure(answer::tryFail).onSuccess(response -> read(response, reader, answer));
        return answer.future().onComplete(told -> {
            vertx.cancelTimer(deadline);
            // Of what comes after the answer nothing is wanted.
            request.reset();
        });
    }

    private static <T> void read(HttpClientResponse response, Reader<T> reader, Promise<T> answer) {
        response.exceptionHandler(answer::tryFail);
        if (response.statusCode() != OK) {
            answer.tryFail("status " + response.statusCode());
            return;
        }
        reader.begin(time(response.getHeader("Date")));
        var length = new int[1];
        response.handler(piece -> {
            length[0] += piece.length();
            reader.accept(piece.getBytes());
            reader.result().ifPresent(answer::tryComplete);
            if (length[0] > LONGEST_PAGE) {
                answer.tryFail("a page of more than " + LONGEST_PAGE + " bytes");
            }
        });
        response.endHandler(end -> {
            reader.end();
            reader.result().ifPresentOrElse(answer::tryComplete, () -> answer.tryFail("no such metric"));
        });
    }

    private static Optional<Instant> time(String header) {
        try {
            return Optional.ofNullable(header)
                    .map(text -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
