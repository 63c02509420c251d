package io.paodin.monitoring.controller;

import io.paodin.monitoring.model.HaltedMetric;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Reads from the metrics of a compactor whether it has halted. What answers may be anything, so all is bounded. */
@Singleton
public class CompactorMetrics {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int LONGEST_PAGE = 4 * 1024 * 1024;
    private static final int OK = 200;

    private final Vertx vertx;
    private final Duration timeout;
    private final HttpClient client;

    @Inject
    public CompactorMetrics(Vertx vertx) {
        this(vertx, TIMEOUT);
    }

    /** @param timeout for the connection, and again for all of the answer */
    CompactorMetrics(Vertx vertx, Duration timeout) {
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

    /** @return what the pod says; fails if it says nothing in time, or nothing that can be understood */
    CompletionStage<Boolean> isHalted(String host, int port) {
        var request = new RequestOptions().setHost(host).setPort(port).setURI("/metrics");
        return client.request(request).compose(this::read).toCompletionStage();
    }

    private Future<Boolean> read(HttpClientRequest request) {
        var answer = Promise.<Boolean>promise();
        var deadline = vertx.setTimer(timeout.toMillis(), timer -> answer.tryFail("no answer in time"));
        request.send().onFailure(answer::tryFail).onSuccess(response -> read(response, answer));
        return answer.future().onComplete(told -> {
            vertx.cancelTimer(deadline);
            // Of what comes after the answer nothing is wanted.
            request.reset();
        });
    }

    private static void read(HttpClientResponse response, Promise<Boolean> answer) {
        response.exceptionHandler(answer::tryFail);
        if (response.statusCode() != OK) {
            answer.tryFail("status " + response.statusCode());
            return;
        }
        var metric = new HaltedMetric();
        var length = new int[1];
        response.handler(piece -> {
            length[0] += piece.length();
            metric.accept(piece.getBytes());
            metric.isHalted().ifPresent(answer::tryComplete);
            if (length[0] > LONGEST_PAGE) {
                answer.tryFail("a page of more than " + LONGEST_PAGE + " bytes");
            }
        });
        response.endHandler(end -> {
            metric.end();
            metric.isHalted().ifPresentOrElse(answer::tryComplete, () -> answer.tryFail("no such metric"));
        });
    }
}
