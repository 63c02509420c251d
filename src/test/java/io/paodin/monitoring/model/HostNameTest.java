package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNameTest {

    /** Envoy compares the texts of IP addresses. */
    @ParameterizedTest
    @CsvSource({
        "Thanos.Example.com, DNS, thanos.example.com",
        "thanos.example.com., DNS, thanos.example.com",
        "256.1.1.1, DNS, 256.1.1.1",
        "192.0.2.1, IP_ADDRESS, 192.0.2.1",
        "::1, IP_ADDRESS, ::1",
        "::, IP_ADDRESS, ::",
        "1::, IP_ADDRESS, 1::",
        "2001:DB8:0:0:0:0:0:1, IP_ADDRESS, 2001:db8::1",
        "2001:db8:0:0:1:0:0:1, IP_ADDRESS, 2001:db8::1:0:0:1",
        "2001:0db8:0:1:1:1:1:1, IP_ADDRESS, 2001:db8:0:1:1:1:1:1",
        "::ffff:192.0.2.128, IP_ADDRESS, ::ffff:c000:280",
        "1::2::3, DNS, 1::2::3",
        "1:2:3, DNS, 1:2:3",
        "::12345, DNS, ::12345",
        "1:2:3:4:5:6:7::8, DNS, 1:2:3:4:5:6:7::8",
        "spiffe://Member/thanos, URI, spiffe://Member/thanos"
    })
    void isAsCertificatesHaveIt(String given, HostName.Type type, String text) {
        assertThat(HostName.of(given)).isEqualTo(new HostName(type, text));
    }
}
