using System.Text;

namespace WhatsSession.Benchmarks;

/// <summary>A text by a customer as Meta posts it since 2026: minified, with BSUID and username, and a wamid of real length. Every id and name is invented.</summary>
internal static class SampleWebhook
{
    public const string Secret = "0123456789abcdef0123456789abcdef";

    private const string Json =
        """{"object":"whatsapp_business_account","entry":[{"id":"271828182845904","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550009000","phone_number_id":"314159265358979"},"contacts":[{"profile":{"name":"Marta Quill","username":"martaq"},"wa_id":"15550001234","user_id":"US.40917263548812004417"}],"messages":[{"from":"15550001234","from_user_id":"US.40917263548812004417","id":"wamid.HQsxNTU1MDAwMTIzNBUCABIYFDNBNUYxQzlFMEI3RDJBNDhDNkUxAA==","timestamp":"1794900000","type":"text","text":{"body":"Is the blue kettle in stock?"}}]},"field":"messages"}]}]}""";

    public static byte[] Body { get; } = Encoding.UTF8.GetBytes(Json);
}
