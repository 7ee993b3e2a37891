namespace WhatsSession.Emulator.Tests.Sending;

/// <summary>Requests inside an open window, each with the status and the code that Meta's pages give it: 0 for accepted.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/messages and …/templates/components, read 10 March 2026; codes of …/support/error-codes, 12 December 2025.</remarks>
public sealed class RequestTableTests
{
    private const string Rich = """
        [{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Order {{1}} for {{2}} left."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Thanks"},{"type":"URL","text":"Track","url":"https://example.test/{{1}}"},{"type":"COPY_CODE"}]}]
        """;

    private const string Named = """[{"type":"HEADER","format":"TEXT","text":"Hi {{who}}"},{"type":"BODY","text":"Order {{order_no}} is ready."}]""";

    private const string Otp = """[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE","text":"Copy"}]}]""";

    private const string Image = """{"type":"header","parameters":[{"type":"image","image":{"link":"https://example.test/a.png"}}]}""";

    private const string Body = """{"type":"body","parameters":[{"type":"text","text":"4410"},{"type":"text","text":"Ana"}]}""";

    private const string Track = """{"type":"button","sub_type":"url","index":"1","parameters":[{"type":"text","text":"4410"}]}""";

    private const string Coupon = """{"type":"button","sub_type":"copy_code","index":2,"parameters":[{"type":"coupon_code","coupon_code":"SAVE"}]}""";

    public static TheoryData<string, int, int> Requests => new()
    {
        // text, media
        { """ "text":{"body":"x","preview_url":true} """, 200, 0 },
        { """ "text":{"body":"x","preview_url":"yes"} """, 400, 100 },
        { $$""" "text":{"body":"{{X(4096)}}"} """, 200, 0 },
        { $$""" "text":{"body":"{{X(4097)}}"} """, 400, 100 },
        { $$""" "type":"image","image":{"link":"https://example.test/a.png","caption":"{{X(1024)}}"} """, 200, 0 },
        { $$""" "type":"video","video":{"link":"https://example.test/a.mp4","caption":"{{X(1025)}}"} """, 400, 100 },
        { """ "type":"image","image":{"id":"404"} """, 400, 131009 },
        { """ "type":"image","image":{"link":"https://example.test/a.png","filename":"a.png"} """, 400, 100 },
        { """ "type":"audio","audio":{"link":"https://example.test/a.ogg","voice":true} """, 200, 0 },
        { """ "type":"audio","audio":{"link":"https://example.test/a.ogg","voice":1} """, 400, 100 },
        { """ "type":"document","document":{"link":"https://example.test/a.pdf","filename":"a.pdf","caption":"x"} """, 200, 0 },
        { $$""" "type":"document","document":{"link":"https://example.test/a.pdf","filename":"{{X(241)}}"} """, 400, 100 },
        { """ "type":"sticker","sticker":{"link":"https://example.test/a.webp"} """, 200, 0 },
        { """ "type":"sticker","sticker":{"link":"https://example.test/a.webp","caption":"x"} """, 400, 100 },
        { """ "text":{"body":"x"},"messaging_account_id":"77" """, 200, 0 },
        { """ "text":{"body":"x"},"paid_messaging_account_id":"77" """, 200, 0 },
        { """ "text":{"body":"x"},"messaging_account_id":77 """, 400, 100 },

        // location, contacts
        { """ "type":"location","location":{"latitude":"40.7","longitude":-73.9,"name":"Deli","address":"1 Plaza"} """, 200, 0 },
        { """ "type":"location","location":{"latitude":91,"longitude":0} """, 400, 131009 },
        { """ "type":"location","location":{"latitude":"north","longitude":0} """, 400, 131009 },
        { """ "type":"location","location":{"latitude":1} """, 400, 100 },
        { """ "type":"contacts","contacts":[{"name":{"formatted_name":"Ana B","last_name":"B"},"birthday":"1990-02-28","phones":[{"phone":"+1555"}]}] """, 200, 0 },
        { """ "type":"contacts","contacts":[{"name":{"formatted_name":"Ana"}}] """, 400, 100 },
        { """ "type":"contacts","contacts":[{"name":{"formatted_name":"Ana","first_name":"Ana"},"birthday":"28.2.1990"}] """, 400, 131009 },
        { """ "type":"contacts","contacts":[{"phones":[]}] """, 400, 100 },
        { """ "type":"contacts","contacts":[{"name":{"formatted_name":"Ana","first_name":"Ana"},"phones":"none"}] """, 400, 100 },
        { """ "type":"reaction","reaction":{"message_id":"wamid.x","emoji":"x"},"context":{"message_id":"wamid.y"} """, 400, 100 },

        // interactive
        { Bodies.Buttons, 200, 0 },
        { Bodies.List, 200, 0 },
        { Interactive("cta_url", """ "action":{"name":"cta_url","parameters":{"display_text":"Open","url":"https://example.test"}} """), 200, 0 },
        { Interactive("cta_url", """ "action":{"name":"cta_url","parameters":{"display_text":"Open this page just now","url":"https://example.test"}} """), 400, 131009 },
        { Interactive("cta_url", """ "action":{"name":"cta_url","parameters":{"display_text":"Open","url":"example"}} """), 400, 131009 },
        { Interactive("location_request_message", """ "action":{"name":"send_location"} """), 200, 0 },
        { Interactive("location_request_message", """ "footer":{"text":"no"},"action":{"name":"send_location"} """), 400, 100 },
        { Interactive("location_request_message", """ "action":{"name":"elsewhere"} """), 400, 131009 },
        { Interactive("address_message", """ "action":{"name":"address_message","parameters":{"country":"IN"}} """), 200, 0 },
        { Interactive("address_message", """ "action":{"name":"address_message","parameters":{"country":"SG"}} """), 400, 131009 },
        { Interactive("flow", """ "action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"1","flow_cta":"Book","flow_action_payload":{"screen":"A"}}} """), 200, 0 },
        { Interactive("flow", """ "action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"1","flow_name":"n","flow_cta":"Book","flow_action_payload":{"screen":"A"}}} """), 400, 131008 },
        { Interactive("flow", """ "action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"1","flow_cta":"Book","flow_action_payload":{"screen":"A","data":{}}}} """), 400, 131009 },
        { Interactive("flow", """ "action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"1","flow_cta":"Book","flow_action":"data_exchange"}} """), 200, 0 },
        { Interactive("flow", """ "action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"1","flow_cta":"Book"}} """), 400, 131008 },
        { Interactive("product", """ "action":{"catalog_id":"1","product_retailer_id":"p"} """), 200, 0 },
        { Interactive("product", """ "header":{"type":"text","text":"no"},"action":{"catalog_id":"1","product_retailer_id":"p"} """), 400, 131009 },
        { Interactive("product_list", """ "header":{"type":"text","text":"h"},"action":{"catalog_id":"1","sections":[{"title":"t","product_items":[{"product_retailer_id":"p"}]}]} """), 200, 0 },
        { Interactive("product_list", """ "action":{"catalog_id":"1","sections":[{"title":"t","product_items":[{"product_retailer_id":"p"}]}]} """), 400, 131008 },
        { Interactive("catalog_message", """ "action":{"name":"catalog_message"} """), 200, 0 },
        { Interactive("call_permission_request", """ "action":{"name":"call_permission_request"} """), 200, 0 },
        { Interactive("voice_call", """ "action":{"name":"voice_call","parameters":{"display_text":"Call","ttl_minutes":43201}} """), 400, 131009 },
        { Interactive("request_contact_info", """ "action":{"name":"request_contact_info"} """), 200, 0 },
        { Interactive("carousel", $$""" "action":{"cards":[{{Card(0)}},{{Card(1)}}]} """), 200, 0 },
        { Interactive("carousel", $$""" "action":{"cards":[{{Card(0)}}]} """), 400, 131009 },
        { Interactive("carousel", $$""" "action":{"cards":[{{Card(0)}},{{Card(2)}}]} """), 400, 131009 },
        { Interactive("list", """ "header":{"type":"image","image":{"link":"https://example.test/a.png"}},"action":{"button":"b","sections":[{"rows":[{"id":"1","title":"t"}]}]} """), 400, 131009 },
        { Interactive("button", $$""" "footer":{"text":"{{X(61)}}"},"action":{"buttons":[{"reply":{"id":"1","title":"t"} }]} """), 400, 131009 },

        // templates
        { Template("rich", Image, Body, Track, Coupon), 200, 0 },
        { Template("rich", Body, Track, Coupon), 400, 132012 },
        { Template("rich", Image.Replace("image", "video"), Body, Track, Coupon), 400, 132012 },
        { Template("rich", Image, Track, Coupon), 400, 132000 },
        { Template("rich", Image, Body, Coupon), 400, 131008 },
        { Template("rich", Image, Body, Track), 400, 131008 },
        { Template("rich", Image, Body, Track.Replace("\"1\"", "\"0\""), Coupon), 400, 132012 },
        { Template("rich", Image, Body, Track, Coupon.Replace("SAVE", X(21))), 400, 131009 },
        { Template("rich", Image, Body.Replace("Ana", X(1024)), Track, Coupon), 400, 132005 },
        { Template("rich", Image, Body.Replace("Ana", @"a\tb"), Track, Coupon), 400, 132018 },
        { Template("rich", Image, Body, Body, Track, Coupon), 400, 131009 },
        { Template("named", Part("header", "who", "Ana"), Part("body", "order_no", "4410")), 200, 0 },
        { Template("named", Part("header", "who", "Ana"), Part("body", "other", "4410")), 400, 132012 },
        { Template("named", Part("body", "order_no", "4410")), 400, 132000 },
        { Template("code", """{"type":"body","parameters":[{"type":"text","text":"123456"}]}""", """{"type":"button","sub_type":"url","index":0,"parameters":[{"type":"text","text":"123456"}]}"""), 200, 0 },
        { Template("code", """{"type":"body","parameters":[{"type":"text","text":"1234567890123456"}]}""", """{"type":"button","sub_type":"url","index":0,"parameters":[{"type":"text","text":"1"}]}"""), 400, 132018 },
        { Template("code", """{"type":"body","parameters":[{"type":"text","text":"123456"}]}"""), 400, 131008 },
        { Template("paused"), 400, 132015 },
        { Template("disabled"), 400, 132016 },
        { Template("pending"), 404, 132001 },
        { Template("unheard_of"), 404, 132001 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Send_EachRequest_GetsItsStatusAndCode(string content, int status, int code)
    {
        await using var business = await Business.OpenAsync(o =>
        {
            o.AddTemplate(new EmulatedTemplate { Name = "rich", Language = "en_US", Components = Rich });
            o.AddTemplate(new EmulatedTemplate { Name = "named", Language = "en_US", Components = Named, ParameterFormat = "NAMED" });
            o.AddTemplate(new EmulatedTemplate { Name = "code", Language = "en_US", Components = Otp, Category = "AUTHENTICATION" });
            o.AddTemplate(new EmulatedTemplate { Name = "paused", Language = "en_US", Status = "PAUSED" });
            o.AddTemplate(new EmulatedTemplate { Name = "disabled", Language = "en_US", Status = "DISABLED" });
            o.AddTemplate(new EmulatedTemplate { Name = "pending", Language = "en_US", Status = "PENDING" });
        });
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        var reply = await business.SendAsync(Business.Body(Business.Phone, content));

        (reply.StatusCode, reply.Code ?? 0).Should().Be((status, code), reply.Json.GetRawText());
    }

    private static string X(int count) => new('x', count);

    private static string Interactive(string type, string rest) => $$""" "type":"interactive","interactive":{"type":"{{type}}","body":{"text":"?"},{{rest}} } """;

    private static string Card(int index) => $$"""{"card_index":{{index}},"type":"cta_url","header":{"type":"image","image":{"link":"https://example.test/a.png"} },"action":{"name":"cta_url","parameters":{"display_text":"Open","url":"https://example.test"} } }""";

    private static string Part(string type, string name, string text) => $$"""{"type":"{{type}}","parameters":[{"type":"text","parameter_name":"{{name}}","text":"{{text}}"}] }""";

    private static string Template(string name, params string[] components) =>
        $$""" "type":"template","template":{"name":"{{name}}","language":{"code":"en_US"},"components":[{{string.Join(',', components)}}] } """;
}
