import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.rmi.UnmarshalException;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** MBeans of a worker over HTTP: a line an attribute, written as the JMX exporter hands it to its rules. */
public class Mbeans {
    public static void main(String[] arguments) throws Exception {
        String address = "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + arguments[0] + "/jmxrmi";
        MBeanServerConnection worker = JMXConnectorFactory.connect(new JMXServiceURL(address)).getMBeanServerConnection();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[1])), 0);
        server.createContext("/", exchange -> {
            byte[] text = String.join("\n", lines(worker)).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
        System.out.println("ready");
    }

    static List<String> lines(MBeanServerConnection worker) throws IOException {
        List<String> found = new ArrayList<>();
        for (ObjectName name : worker.queryNames(null, null)) {
            if (name.getDomain().startsWith("debezium.") || name.getDomain().equals("kafka.connect")) {
                found.addAll(lines(worker, name));
            }
        }
        return found;
    }

    static List<String> lines(MBeanServerConnection worker, ObjectName name) throws IOException {
        List<String> found = new ArrayList<>();
        String head = name.getDomain() + "<" + name.getKeyPropertyListString().replace(",", ", ") + "><>";
        try {
            for (MBeanAttributeInfo attribute : worker.getMBeanInfo(name).getAttributes()) {
                try {
                    String value = text(worker.getAttribute(name, attribute.getName()));
                    found.add(head + attribute.getName() + ": " + value.replaceAll("\\s+", " "));
                } catch (JMRuntimeException | UnmarshalException unreadable) {
                    found.add(head + attribute.getName() + ": (unreadable)");
                }
            }
        } catch (JMException gone) {
            // A task that ends takes its MBeans with it while they are read.
            return List.of();
        }
        return found;
    }

    static String text(Object value) {
        if (value instanceof Object[] values) {
            return java.util.Arrays.toString(values);
        }
        return value instanceof CompositeData || value instanceof TabularData ? "(table)" : String.valueOf(value);
    }
}
